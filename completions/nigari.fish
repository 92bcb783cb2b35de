# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_nigari_global_optspecs
    string join \n n/namespace= ns-follows-kube-context timeout= v/verbose kubeconfig= context= cluster= user= server= token= as= as-group= as-uid= as-user-extra= client-certificate= client-key= certificate-authority= tls-server-name= insecure-skip-tls-verify disable-compression cache-dir= kube-api-qps= kube-api-burst= h/help V/version
end

function __fish_nigari_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_nigari_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_nigari_using_subcommand
    set -l cmd (__fish_nigari_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c nigari -n "__fish_nigari_needs_command" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_needs_command" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_needs_command" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_needs_command" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_needs_command" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_needs_command" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_needs_command" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_needs_command" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_needs_command" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_needs_command" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_needs_command" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_needs_command" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_needs_command" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_needs_command" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_needs_command" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_needs_command" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_needs_command" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_needs_command" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_needs_command" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_needs_command" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_needs_command" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_needs_command" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_needs_command" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_needs_command" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_needs_command" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_needs_command" -f -a "bootstrap" -d 'Install Flux on a cluster from a Git repository'
complete -c nigari -n "__fish_nigari_needs_command" -f -a "check" -d 'Check that a cluster can have Flux, and that what it has of Flux is healthy'
complete -c nigari -n "__fish_nigari_needs_command" -f -a "completion" -d 'Print the script with which a shell completes commands, flags and names'
complete -c nigari -n "__fish_nigari_needs_command" -f -a "delete" -d 'Delete Flux objects, after showing what goes with them'
complete -c nigari -n "__fish_nigari_needs_command" -f -a "export" -d 'Print Flux objects as YAML manifests'
complete -c nigari -n "__fish_nigari_needs_command" -f -a "get" -d 'Show Flux objects and their state'
complete -c nigari -n "__fish_nigari_needs_command" -f -a "init" -d 'Lay out a repository for several environments: shared manifests, and what differs'
complete -c nigari -n "__fish_nigari_needs_command" -f -a "install" -d 'Install or upgrade Flux on a cluster, without a repository'
complete -c nigari -n "__fish_nigari_needs_command" -f -a "man" -d 'Print or install manual pages'
complete -c nigari -n "__fish_nigari_needs_command" -f -a "reconcile" -d 'Reconcile Flux objects now, and wait for the outcome'
complete -c nigari -n "__fish_nigari_needs_command" -f -a "resume" -d 'Resume suspended Flux objects, and wait until they are reconciled'
complete -c nigari -n "__fish_nigari_needs_command" -f -a "suspend" -d 'Suspend Flux objects: nothing reconciles them until they are resumed'
complete -c nigari -n "__fish_nigari_needs_command" -f -a "uninstall" -d 'Uninstall Flux from a cluster; what it has applied stays'
complete -c nigari -n "__fish_nigari_needs_command" -f -a "version" -d 'Print the versions of nigari and of what is installed on the cluster'
complete -c nigari -n "__fish_nigari_needs_command" -f -a "why" -d 'Say why Flux objects are not ready: the deepest cause, in one line'
complete -c nigari -n "__fish_nigari_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -f -a "github" -d 'Install Flux from a GitHub repository, and let it keep itself and the cluster in sync with it'
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and not __fish_seen_subcommand_from github help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l owner -d 'Organisation or user that the repository belongs to' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l repository -d 'Name of the repository; it is created if it does not exist' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l personal -d 'The owner is a user and not an organisation' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l private -d 'A repository that is created is private' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l hostname -d 'Host of GitHub; beats GITHUB_API_URL, GITHUB_GRAPHQL_URL and GITHUB_SERVER_URL [default: github.com]' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l read-write-key -d 'The deploy key may also write' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l export -d 'Print the files that would be committed to an empty folder, and do nothing; nobody is contacted' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l branch -d 'Branch to commit to and to sync from' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l path -d 'Folder of the repository that the cluster is synced with; the root if it is not given' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l interval -d 'How often the repository is fetched' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l version -d 'Flux release to install, as upstream publishes it: vX.Y.Z or latest [default: the one that is part of nigari]' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l manifests -d 'Manifests to install instead: a folder, a file (.tar.gz or YAML), or an address with https:// or oci://' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l manifests-digest -d 'Digest that the downloaded or given file must have; artifacts of registries are pinned by their address' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l components -d 'Components to install, separated by commas' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l components-extra -d 'Components to install in addition, separated by commas: image-reflector-controller, image-automation-controller, source-watcher' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l registry -d 'Registry from which the components\' images are pulled; empty for the one that the nodes assume' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l image-pull-secret -d 'Secret of Flux\'s namespace with which the components\' images are pulled' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l registry-creds -d 'Credentials for the registry, from which --image-pull-secret is made on the cluster' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l registry-creds-file -d 'File with the credentials for the registry, as USER:PASSWORD' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l network-policy -d 'Restrict the traffic of the components with network policies' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l watch-all-namespaces -d 'Reconcile objects of all namespaces and not only those of Flux\'s own' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l toleration-keys -d 'Taints that the components tolerate, by their keys, separated by commas' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l log-level -d 'Log level of the components' -r -f -a "debug\t'Everything'
info\t'What happens'
error\t'What fails'"
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l cluster-domain -d 'DNS domain of the cluster' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l token-auth -d 'The cluster fetches over HTTPS with the token and not over SSH with a deploy key' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l secret-name -d 'Secret that holds the cluster\'s credentials' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l ssh-hostname -d 'Host to use in the SSH address, when it differs from that of the API' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l ssh-key-algorithm -d 'Algorithm of the deploy key' -r -f -a "rsa\t'RSA'
ecdsa\t'ECDSA'
ed25519\t'Ed25519'"
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l ssh-ecdsa-curve -d 'Curve of an ECDSA key' -r -f -a "p256\t'NIST P-256'
p384\t'NIST P-384'
p521\t'NIST P-521'"
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l ssh-rsa-bits -d 'Length of an RSA key: 2048, 3072, 4096 or 8192' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l known-hosts -d 'File with the SSH host keys of the Git host, in known_hosts form, where its API does not tell them' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l ca-file -d 'PEM file of the certificate authority of the Git host' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l author-name -d 'Name of the commit\'s author' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l author-email -d 'E-mail of the commit\'s author [default: the token user\'s no-reply address]' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l commit-message-appendix -d 'Text added to the commit message after a blank line' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l force -d 'Take over an installation that another tool manages' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l dry-run -d 'Check everything, print the commit as a diff and what the cluster would make of it, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from github" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from help" -f -a "github" -d 'Install Flux from a GitHub repository, and let it keep itself and the cluster in sync with it'
complete -c nigari -n "__fish_nigari_using_subcommand bootstrap; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand check" -l pre -d 'Check only what an installation needs: the version of Kubernetes, and your rights' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand check" -l components -d 'Components that must be there, separated by commas [default: those that are installed]' -r
complete -c nigari -n "__fish_nigari_using_subcommand check" -l components-extra -d 'Components that must be there as well, separated by commas' -r
complete -c nigari -n "__fish_nigari_using_subcommand check" -s o -l output -d 'Form of the output' -r -f -a "table\t'A line for each finding, on standard error'
json\t'One object'
yaml\t'One object'"
complete -c nigari -n "__fish_nigari_using_subcommand check" -l poll-interval -d 'Accepted for compatibility; waiting is watching' -r
complete -c nigari -n "__fish_nigari_using_subcommand check" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand check" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand check" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand check" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand check" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand check" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand check" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand check" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand check" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand check" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand check" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand check" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand check" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand check" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand check" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand check" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand check" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand check" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand check" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand check" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand check" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand check" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand check" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand check" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand completion" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l static -d 'Print the script that is complete in itself: it never runs nigari, and knows no names'
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand completion" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand completion" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand completion" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand completion" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "sources" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "artifacts" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "images" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "helmrelease" -d 'Delete HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "helmreleases" -d 'Delete HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "hr" -d 'Delete HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "kustomization" -d 'Delete Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "kustomizations" -d 'Delete Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "ks" -d 'Delete Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "terraform" -d 'Delete Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "terraforms" -d 'Delete Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "tf" -d 'Delete Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "receiver" -d 'Delete Receiver objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "receivers" -d 'Delete Receiver objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert-provider" -d 'Delete Provider objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert-providers" -d 'Delete Provider objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert" -d 'Delete Alert objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alerts" -d 'Delete Alert objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -f -a "oci" -d 'Delete OCIRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -f -a "bucket" -d 'Delete Bucket objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -f -a "git" -d 'Delete GitRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -f -a "helm" -d 'Delete HelmRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -f -a "chart" -d 'Delete HelmChart objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from source" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -f -a "oci" -d 'Delete OCIRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -f -a "bucket" -d 'Delete Bucket objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -f -a "git" -d 'Delete GitRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -f -a "helm" -d 'Delete HelmRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -f -a "chart" -d 'Delete HelmChart objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from sources" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -f -a "generator" -d 'Delete ArtifactGenerator objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -f -a "generators" -d 'Delete ArtifactGenerator objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifact" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -f -a "generator" -d 'Delete ArtifactGenerator objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -f -a "generators" -d 'Delete ArtifactGenerator objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from artifacts" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -f -a "repository" -d 'Delete ImageRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -f -a "policy" -d 'Delete ImagePolicy objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -f -a "update" -d 'Delete ImageUpdateAutomation objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from image" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -f -a "repository" -d 'Delete ImageRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -f -a "policy" -d 'Delete ImagePolicy objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -f -a "update" -d 'Delete ImageUpdateAutomation objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from images" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmrelease" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from helmreleases" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from hr" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomization" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from kustomizations" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from ks" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraform" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from terraforms" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from tf" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receiver" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from receivers" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-provider" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert-providers" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alert" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l wait -d 'Wait until the objects are gone, with all that their finalizers do'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l dry-run -d 'Show what would be deleted, ask the server whether it would, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from alerts" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from help" -f -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from help" -f -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from help" -f -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from help" -f -a "helmrelease" -d 'Delete HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from help" -f -a "kustomization" -d 'Delete Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from help" -f -a "terraform" -d 'Delete Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from help" -f -a "receiver" -d 'Delete Receiver objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from help" -f -a "alert-provider" -d 'Delete Provider objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from help" -f -a "alert" -d 'Delete Alert objects'
complete -c nigari -n "__fish_nigari_using_subcommand delete; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "sources" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "artifacts" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "images" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "helmrelease" -d 'Export HelmRelease objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "helmreleases" -d 'Export HelmRelease objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "hr" -d 'Export HelmRelease objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "kustomization" -d 'Export Kustomization objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "kustomizations" -d 'Export Kustomization objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "ks" -d 'Export Kustomization objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "terraform" -d 'Export Terraform objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "terraforms" -d 'Export Terraform objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "tf" -d 'Export Terraform objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "receiver" -d 'Export Receiver objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "receivers" -d 'Export Receiver objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert-provider" -d 'Export Provider objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert-providers" -d 'Export Provider objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert" -d 'Export Alert objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alerts" -d 'Export Alert objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -f -a "oci" -d 'Export OCIRepository objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -f -a "bucket" -d 'Export Bucket objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -f -a "git" -d 'Export GitRepository objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -f -a "helm" -d 'Export HelmRepository objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -f -a "chart" -d 'Export HelmChart objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -f -a "external" -d 'Export ExternalArtifact objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from source" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -f -a "oci" -d 'Export OCIRepository objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -f -a "bucket" -d 'Export Bucket objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -f -a "git" -d 'Export GitRepository objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -f -a "helm" -d 'Export HelmRepository objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -f -a "chart" -d 'Export HelmChart objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -f -a "external" -d 'Export ExternalArtifact objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from sources" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -f -a "generator" -d 'Export ArtifactGenerator objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -f -a "generators" -d 'Export ArtifactGenerator objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifact" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -f -a "generator" -d 'Export ArtifactGenerator objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -f -a "generators" -d 'Export ArtifactGenerator objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from artifacts" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -f -a "repository" -d 'Export ImageRepository objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -f -a "policy" -d 'Export ImagePolicy objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -f -a "update" -d 'Export ImageUpdateAutomation objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from image" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -f -a "repository" -d 'Export ImageRepository objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -f -a "policy" -d 'Export ImagePolicy objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -f -a "update" -d 'Export ImageUpdateAutomation objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from images" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmrelease" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from helmreleases" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from hr" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomization" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from kustomizations" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from ks" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraform" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from terraforms" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from tf" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receiver" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from receivers" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-provider" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert-providers" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alert" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l with-credentials -d 'Also print the Secrets that the objects refer to for credentials, as they are'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from alerts" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from help" -f -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from help" -f -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from help" -f -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from help" -f -a "helmrelease" -d 'Export HelmRelease objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from help" -f -a "kustomization" -d 'Export Kustomization objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from help" -f -a "terraform" -d 'Export Terraform objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from help" -f -a "receiver" -d 'Export Receiver objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from help" -f -a "alert-provider" -d 'Export Provider objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from help" -f -a "alert" -d 'Export Alert objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand export; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "all" -d 'Every kind that is installed'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "sources" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "artifacts" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "images" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "helmrelease" -d 'Show HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "helmreleases" -d 'Show HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "hr" -d 'Show HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "kustomization" -d 'Show Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "kustomizations" -d 'Show Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "ks" -d 'Show Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "terraform" -d 'Show Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "terraforms" -d 'Show Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "tf" -d 'Show Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "receiver" -d 'Show Receiver objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "receivers" -d 'Show Receiver objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert-provider" -d 'Show Provider objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert-providers" -d 'Show Provider objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert" -d 'Show Alert objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alerts" -d 'Show Alert objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and not __fish_seen_subcommand_from all source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from all" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -f -a "all" -d 'Each of these kinds that is installed'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -f -a "oci" -d 'Show OCIRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -f -a "bucket" -d 'Show Bucket objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -f -a "git" -d 'Show GitRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -f -a "helm" -d 'Show HelmRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -f -a "chart" -d 'Show HelmChart objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -f -a "external" -d 'Show ExternalArtifact objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from source" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -f -a "all" -d 'Each of these kinds that is installed'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -f -a "oci" -d 'Show OCIRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -f -a "bucket" -d 'Show Bucket objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -f -a "git" -d 'Show GitRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -f -a "helm" -d 'Show HelmRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -f -a "chart" -d 'Show HelmChart objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -f -a "external" -d 'Show ExternalArtifact objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from sources" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -f -a "generator" -d 'Show ArtifactGenerator objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -f -a "generators" -d 'Show ArtifactGenerator objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifact" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -f -a "generator" -d 'Show ArtifactGenerator objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -f -a "generators" -d 'Show ArtifactGenerator objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from artifacts" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -f -a "all" -d 'Each of these kinds that is installed'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -f -a "repository" -d 'Show ImageRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -f -a "policy" -d 'Show ImagePolicy objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -f -a "update" -d 'Show ImageUpdateAutomation objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from image" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -f -a "all" -d 'Each of these kinds that is installed'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -f -a "repository" -d 'Show ImageRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -f -a "policy" -d 'Show ImagePolicy objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -f -a "update" -d 'Show ImageUpdateAutomation objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from images" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmrelease" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from helmreleases" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from hr" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomization" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from kustomizations" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from ks" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraform" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from terraforms" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from tf" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receiver" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from receivers" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-provider" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert-providers" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alert" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -s o -l output -d 'Form of the output' -r -f -a "table\t'Rows under headers'
wide\t'Rows with all columns: where it comes from, what it is about, why it is suspended and until when'
json\t'The whole objects in one list'
yaml\t'The whole objects in one list'
name\t'KIND.GROUP/NAME, one a line'"
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -s l -l label-selector -d 'Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l status-selector -d 'Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -s A -l all-namespaces -d 'Look in every namespace'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l no-header -d 'Print no headers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -s w -l watch -d 'Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per line with -o json. Ends with --timeout if that is given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l show-source -d 'Show where it comes from: for kustomizations, helmreleases and terraforms'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from alerts" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from help" -f -a "all" -d 'Every kind that is installed'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from help" -f -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from help" -f -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from help" -f -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from help" -f -a "helmrelease" -d 'Show HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from help" -f -a "kustomization" -d 'Show Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from help" -f -a "terraform" -d 'Show Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from help" -f -a "receiver" -d 'Show Receiver objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from help" -f -a "alert-provider" -d 'Show Provider objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from help" -f -a "alert" -d 'Show Alert objects'
complete -c nigari -n "__fish_nigari_using_subcommand get; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand init" -l environments -d 'Names of the environments, separated by commas' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l clusters -d 'Folder with a folder for each cluster' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l infrastructure -d 'Name of what the apps wait for: its folder, Kustomization and Namespace' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l apps -d 'Name of the apps: their folder, Kustomization and Namespace' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l source -d 'GitRepository that the clusters are synced from [default: flux-system; with --commit and --pull-request this cluster\'s]' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l fleet -d 'Kustomization that applies the folder to write to [default: the one with which Flux syncs itself]' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l hostname -d 'Host of GitHub, where the repository\'s address does not tell it' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l commit-message -d 'Message of the commit [default: what it adds]' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand init" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand init" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand init" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand init" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand init" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand init" -l commit -d 'Commit to the repository that the cluster is synced from, and wait until the cluster has applied it'
complete -c nigari -n "__fish_nigari_using_subcommand init" -l pull-request -d 'Propose the same commit as a pull request and print its address; ends with 9 while it is open'
complete -c nigari -n "__fish_nigari_using_subcommand init" -l wait-merge -d 'Wait until somebody has merged the pull request and the cluster has applied it'
complete -c nigari -n "__fish_nigari_using_subcommand init" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand init" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand init" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand init" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand init" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand install" -l export -d 'Print the manifests and do nothing; no cluster is contacted' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand install" -l force -d 'Install over an installation that another tool or a repository manages, or over a newer one' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand install" -l version -d 'Flux release to install, as upstream publishes it: vX.Y.Z or latest [default: the one that is part of nigari]' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l manifests -d 'Manifests to install instead: a folder, a file (.tar.gz or YAML), or an address with https:// or oci://' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l manifests-digest -d 'Digest that the downloaded or given file must have; artifacts of registries are pinned by their address' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l components -d 'Components to install, separated by commas' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l components-extra -d 'Components to install in addition, separated by commas: image-reflector-controller, image-automation-controller, source-watcher' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l registry -d 'Registry from which the components\' images are pulled; empty for the one that the nodes assume' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l image-pull-secret -d 'Secret of Flux\'s namespace with which the components\' images are pulled' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l registry-creds -d 'Credentials for the registry, from which --image-pull-secret is made on the cluster' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l registry-creds-file -d 'File with the credentials for the registry, as USER:PASSWORD' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand install" -l network-policy -d 'Restrict the traffic of the components with network policies' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand install" -l watch-all-namespaces -d 'Reconcile objects of all namespaces and not only those of Flux\'s own' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand install" -l toleration-keys -d 'Taints that the components tolerate, by their keys, separated by commas' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l log-level -d 'Log level of the components' -r -f -a "debug\t'Everything'
info\t'What happens'
error\t'What fails'"
complete -c nigari -n "__fish_nigari_using_subcommand install" -l cluster-domain -d 'DNS domain of the cluster' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand install" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand install" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand install" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand install" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand install" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand install" -l dry-run -d 'Ask the cluster what would change, print it as a diff, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand install" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand install" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand install" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand install" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand install" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand man" -l install -d 'Write every page into the folder man1 of DIR, which is made if it is missing' -r -f -a "(__fish_complete_directories)"
complete -c nigari -n "__fish_nigari_using_subcommand man" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand man" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand man" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand man" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand man" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand man" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand man" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand man" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand man" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand man" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand man" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand man" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand man" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand man" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand man" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand man" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand man" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand man" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand man" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand man" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand man" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand man" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand man" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand man" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand man" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "sources" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "artifacts" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "images" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "helmrelease" -d 'Reconcile HelmRelease objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "helmreleases" -d 'Reconcile HelmRelease objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "hr" -d 'Reconcile HelmRelease objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "kustomization" -d 'Reconcile Kustomization objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "kustomizations" -d 'Reconcile Kustomization objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "ks" -d 'Reconcile Kustomization objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "terraform" -d 'Reconcile Terraform objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "terraforms" -d 'Reconcile Terraform objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "tf" -d 'Reconcile Terraform objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "receiver" -d 'Reconcile Receiver objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "receivers" -d 'Reconcile Receiver objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -f -a "oci" -d 'Reconcile OCIRepository objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -f -a "bucket" -d 'Reconcile Bucket objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -f -a "git" -d 'Reconcile GitRepository objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -f -a "helm" -d 'Reconcile HelmRepository objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -f -a "chart" -d 'Reconcile HelmChart objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from source" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -f -a "oci" -d 'Reconcile OCIRepository objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -f -a "bucket" -d 'Reconcile Bucket objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -f -a "git" -d 'Reconcile GitRepository objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -f -a "helm" -d 'Reconcile HelmRepository objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -f -a "chart" -d 'Reconcile HelmChart objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from sources" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -f -a "generator" -d 'Reconcile ArtifactGenerator objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -f -a "generators" -d 'Reconcile ArtifactGenerator objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifact" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -f -a "generator" -d 'Reconcile ArtifactGenerator objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -f -a "generators" -d 'Reconcile ArtifactGenerator objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from artifacts" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -f -a "repository" -d 'Reconcile ImageRepository objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -f -a "policy" -d 'Reconcile ImagePolicy objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -f -a "update" -d 'Reconcile ImageUpdateAutomation objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from image" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -f -a "repository" -d 'Reconcile ImageRepository objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -f -a "policy" -d 'Reconcile ImagePolicy objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -f -a "update" -d 'Reconcile ImageUpdateAutomation objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from images" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmrelease" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from helmreleases" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from hr" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomization" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from kustomizations" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from ks" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraform" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from terraforms" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from tf" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receiver" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l error-budget -d 'How long a failure that is retried may last' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l with-source -d 'Reconcile the source first, and wait until its revision was attempted'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from receivers" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from help" -f -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from help" -f -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from help" -f -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from help" -f -a "helmrelease" -d 'Reconcile HelmRelease objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from help" -f -a "kustomization" -d 'Reconcile Kustomization objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from help" -f -a "terraform" -d 'Reconcile Terraform objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from help" -f -a "receiver" -d 'Reconcile Receiver objects now'
complete -c nigari -n "__fish_nigari_using_subcommand reconcile; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "sources" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "artifacts" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "images" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "helmrelease" -d 'Resume HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "helmreleases" -d 'Resume HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "hr" -d 'Resume HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "kustomization" -d 'Resume Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "kustomizations" -d 'Resume Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "ks" -d 'Resume Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "terraform" -d 'Resume Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "terraforms" -d 'Resume Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "tf" -d 'Resume Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "receiver" -d 'Resume Receiver objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "receivers" -d 'Resume Receiver objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert-provider" -d 'Resume Provider objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert-providers" -d 'Resume Provider objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert" -d 'Resume Alert objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alerts" -d 'Resume Alert objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -f -a "oci" -d 'Resume OCIRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -f -a "bucket" -d 'Resume Bucket objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -f -a "git" -d 'Resume GitRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -f -a "helm" -d 'Resume HelmRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -f -a "chart" -d 'Resume HelmChart objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from source" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -f -a "oci" -d 'Resume OCIRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -f -a "bucket" -d 'Resume Bucket objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -f -a "git" -d 'Resume GitRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -f -a "helm" -d 'Resume HelmRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -f -a "chart" -d 'Resume HelmChart objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from sources" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -f -a "generator" -d 'Resume ArtifactGenerator objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -f -a "generators" -d 'Resume ArtifactGenerator objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifact" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -f -a "generator" -d 'Resume ArtifactGenerator objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -f -a "generators" -d 'Resume ArtifactGenerator objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from artifacts" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -f -a "repository" -d 'Resume ImageRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -f -a "policy" -d 'Resume ImagePolicy objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -f -a "update" -d 'Resume ImageUpdateAutomation objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from image" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -f -a "repository" -d 'Resume ImageRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -f -a "policy" -d 'Resume ImagePolicy objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -f -a "update" -d 'Resume ImageUpdateAutomation objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from images" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmrelease" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from helmreleases" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from hr" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomization" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from kustomizations" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from ks" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraform" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from terraforms" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from tf" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receiver" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from receivers" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-provider" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert-providers" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alert" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l wait -d 'Wait until the objects are reconciled and ready [default: true for one name, else false]' -r -f -a "true\t''
false\t''"
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from alerts" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from help" -f -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from help" -f -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from help" -f -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from help" -f -a "helmrelease" -d 'Resume HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from help" -f -a "kustomization" -d 'Resume Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from help" -f -a "terraform" -d 'Resume Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from help" -f -a "receiver" -d 'Resume Receiver objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from help" -f -a "alert-provider" -d 'Resume Provider objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from help" -f -a "alert" -d 'Resume Alert objects'
complete -c nigari -n "__fish_nigari_using_subcommand resume; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "sources" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "artifacts" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "images" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "helmrelease" -d 'Suspend HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "helmreleases" -d 'Suspend HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "hr" -d 'Suspend HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "kustomization" -d 'Suspend Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "kustomizations" -d 'Suspend Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "ks" -d 'Suspend Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "terraform" -d 'Suspend Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "terraforms" -d 'Suspend Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "tf" -d 'Suspend Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "receiver" -d 'Suspend Receiver objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "receivers" -d 'Suspend Receiver objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert-provider" -d 'Suspend Provider objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert-providers" -d 'Suspend Provider objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert" -d 'Suspend Alert objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alerts" -d 'Suspend Alert objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -f -a "oci" -d 'Suspend OCIRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -f -a "bucket" -d 'Suspend Bucket objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -f -a "git" -d 'Suspend GitRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -f -a "helm" -d 'Suspend HelmRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -f -a "chart" -d 'Suspend HelmChart objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from source" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -f -a "oci" -d 'Suspend OCIRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -f -a "bucket" -d 'Suspend Bucket objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -f -a "git" -d 'Suspend GitRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -f -a "helm" -d 'Suspend HelmRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -f -a "chart" -d 'Suspend HelmChart objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from sources" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -f -a "generator" -d 'Suspend ArtifactGenerator objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -f -a "generators" -d 'Suspend ArtifactGenerator objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifact" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -f -a "generator" -d 'Suspend ArtifactGenerator objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -f -a "generators" -d 'Suspend ArtifactGenerator objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from artifacts" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -f -a "repository" -d 'Suspend ImageRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -f -a "policy" -d 'Suspend ImagePolicy objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -f -a "update" -d 'Suspend ImageUpdateAutomation objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from image" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -f -a "repository" -d 'Suspend ImageRepository objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -f -a "policy" -d 'Suspend ImagePolicy objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -f -a "update" -d 'Suspend ImageUpdateAutomation objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from images" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmrelease" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from helmreleases" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from hr" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomization" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from kustomizations" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from ks" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraform" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from terraforms" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from tf" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receiver" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from receivers" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-provider" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert-providers" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alert" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -s l -l label-selector -d 'Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l reason -d 'Why, for people; `get -o wide` shows it' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l until -d 'Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing resumes by itself' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l all -d 'Every object of the kind in the namespace'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l dry-run -d 'Ask the server whether it would, and write nothing'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -s h -l help -d 'Print help'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from alerts" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from help" -f -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from help" -f -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from help" -f -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from help" -f -a "helmrelease" -d 'Suspend HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from help" -f -a "kustomization" -d 'Suspend Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from help" -f -a "terraform" -d 'Suspend Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from help" -f -a "receiver" -d 'Suspend Receiver objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from help" -f -a "alert-provider" -d 'Suspend Provider objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from help" -f -a "alert" -d 'Suspend Alert objects'
complete -c nigari -n "__fish_nigari_using_subcommand suspend; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l keep-namespace -d 'Leave the namespace, and what else is in it'
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l dry-run -d 'Show what would be deleted, have the cluster check it, and delete nothing'
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -s s -l silent -d 'Delete without asking'
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand uninstall" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand version" -s o -l output -d 'Form of the output' -r -f -a "yaml\t'One `name: version` a line'
json\t'One object'"
complete -c nigari -n "__fish_nigari_using_subcommand version" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand version" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand version" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand version" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand version" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand version" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand version" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand version" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand version" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand version" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand version" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand version" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand version" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand version" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand version" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand version" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand version" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand version" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand version" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand version" -l client -d 'Print the client\'s version only; no cluster is contacted'
complete -c nigari -n "__fish_nigari_using_subcommand version" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand version" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand version" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand version" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand version" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand version" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "sources" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "artifacts" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "images" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "helmrelease" -d 'Say why HelmRelease objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "helmreleases" -d 'Say why HelmRelease objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "hr" -d 'Say why HelmRelease objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "kustomization" -d 'Say why Kustomization objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "kustomizations" -d 'Say why Kustomization objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "ks" -d 'Say why Kustomization objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "terraform" -d 'Say why Terraform objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "terraforms" -d 'Say why Terraform objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "tf" -d 'Say why Terraform objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "receiver" -d 'Say why Receiver objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "receivers" -d 'Say why Receiver objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert-provider" -d 'Say why Provider objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert-providers" -d 'Say why Provider objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alert" -d 'Say why Alert objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "alerts" -d 'Say why Alert objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and not __fish_seen_subcommand_from source sources artifact artifacts image images helmrelease helmreleases hr kustomization kustomizations ks terraform terraforms tf receiver receivers alert-provider alert-providers alert alerts help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -f -a "oci" -d 'Say why OCIRepository objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -f -a "bucket" -d 'Say why Bucket objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -f -a "git" -d 'Say why GitRepository objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -f -a "helm" -d 'Say why HelmRepository objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -f -a "chart" -d 'Say why HelmChart objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -f -a "external" -d 'Say why ExternalArtifact objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from source" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -f -a "oci" -d 'Say why OCIRepository objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -f -a "bucket" -d 'Say why Bucket objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -f -a "git" -d 'Say why GitRepository objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -f -a "helm" -d 'Say why HelmRepository objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -f -a "chart" -d 'Say why HelmChart objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -f -a "external" -d 'Say why ExternalArtifact objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from sources" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -f -a "generator" -d 'Say why ArtifactGenerator objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -f -a "generators" -d 'Say why ArtifactGenerator objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifact" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -f -a "generator" -d 'Say why ArtifactGenerator objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -f -a "generators" -d 'Say why ArtifactGenerator objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from artifacts" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -f -a "repository" -d 'Say why ImageRepository objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -f -a "policy" -d 'Say why ImagePolicy objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -f -a "update" -d 'Say why ImageUpdateAutomation objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from image" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -f -a "repository" -d 'Say why ImageRepository objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -f -a "policy" -d 'Say why ImagePolicy objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -f -a "update" -d 'Say why ImageUpdateAutomation objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from images" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmrelease" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from helmreleases" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from hr" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomization" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from kustomizations" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from ks" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraform" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from terraforms" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from tf" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receiver" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from receivers" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-provider" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert-providers" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alert" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -s o -l output -d 'Form of the output' -r -f -a "text\t'The cause in one line, then the way to it'
json\t'A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen'
yaml\t'A list of diagnoses'"
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -s n -l namespace -d 'Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l timeout -d 'Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l kubeconfig -d 'Path of a kubeconfig file' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l context -d 'Context of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l cluster -d 'Cluster of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l user -d 'User of the kubeconfig to use' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l server -d 'Address of the Kubernetes API server' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l token -d 'Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l as -d 'User to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l as-group -d 'Group to impersonate; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l as-uid -d 'UID to impersonate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l as-user-extra -d 'Extra to impersonate, KEY=VALUE; may be repeated' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l client-certificate -d 'Client certificate file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l client-key -d 'Client key file for TLS' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l certificate-authority -d 'Certificate file of the authority that signed the server\'s certificate' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l tls-server-name -d 'Name to expect in the server\'s certificate' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l cache-dir -d 'Accepted for compatibility; discovery is kept in memory only' -r -F
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l kube-api-qps -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l kube-api-burst -d 'Accepted for compatibility; the server\'s own fairness is relied on' -r
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l ns-follows-kube-context -d 'Take the namespace of the kubeconfig context when --namespace is not given'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -s v -l verbose -d 'Tell more'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l insecure-skip-tls-verify -d 'Do not check the server\'s certificate; the connection is then insecure'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -l disable-compression -d 'Ask for uncompressed answers'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from alerts" -s V -l version -d 'Print version'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from help" -f -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from help" -f -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from help" -f -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from help" -f -a "helmrelease" -d 'Say why HelmRelease objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from help" -f -a "kustomization" -d 'Say why Kustomization objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from help" -f -a "terraform" -d 'Say why Terraform objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from help" -f -a "receiver" -d 'Say why Receiver objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from help" -f -a "alert-provider" -d 'Say why Provider objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from help" -f -a "alert" -d 'Say why Alert objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand why; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand help; and not __fish_seen_subcommand_from bootstrap check completion delete export get init install man reconcile resume suspend uninstall version why help" -f -a "bootstrap" -d 'Install Flux on a cluster from a Git repository'
complete -c nigari -n "__fish_nigari_using_subcommand help; and not __fish_seen_subcommand_from bootstrap check completion delete export get init install man reconcile resume suspend uninstall version why help" -f -a "check" -d 'Check that a cluster can have Flux, and that what it has of Flux is healthy'
complete -c nigari -n "__fish_nigari_using_subcommand help; and not __fish_seen_subcommand_from bootstrap check completion delete export get init install man reconcile resume suspend uninstall version why help" -f -a "completion" -d 'Print the script with which a shell completes commands, flags and names'
complete -c nigari -n "__fish_nigari_using_subcommand help; and not __fish_seen_subcommand_from bootstrap check completion delete export get init install man reconcile resume suspend uninstall version why help" -f -a "delete" -d 'Delete Flux objects, after showing what goes with them'
complete -c nigari -n "__fish_nigari_using_subcommand help; and not __fish_seen_subcommand_from bootstrap check completion delete export get init install man reconcile resume suspend uninstall version why help" -f -a "export" -d 'Print Flux objects as YAML manifests'
complete -c nigari -n "__fish_nigari_using_subcommand help; and not __fish_seen_subcommand_from bootstrap check completion delete export get init install man reconcile resume suspend uninstall version why help" -f -a "get" -d 'Show Flux objects and their state'
complete -c nigari -n "__fish_nigari_using_subcommand help; and not __fish_seen_subcommand_from bootstrap check completion delete export get init install man reconcile resume suspend uninstall version why help" -f -a "init" -d 'Lay out a repository for several environments: shared manifests, and what differs'
complete -c nigari -n "__fish_nigari_using_subcommand help; and not __fish_seen_subcommand_from bootstrap check completion delete export get init install man reconcile resume suspend uninstall version why help" -f -a "install" -d 'Install or upgrade Flux on a cluster, without a repository'
complete -c nigari -n "__fish_nigari_using_subcommand help; and not __fish_seen_subcommand_from bootstrap check completion delete export get init install man reconcile resume suspend uninstall version why help" -f -a "man" -d 'Print or install manual pages'
complete -c nigari -n "__fish_nigari_using_subcommand help; and not __fish_seen_subcommand_from bootstrap check completion delete export get init install man reconcile resume suspend uninstall version why help" -f -a "reconcile" -d 'Reconcile Flux objects now, and wait for the outcome'
complete -c nigari -n "__fish_nigari_using_subcommand help; and not __fish_seen_subcommand_from bootstrap check completion delete export get init install man reconcile resume suspend uninstall version why help" -f -a "resume" -d 'Resume suspended Flux objects, and wait until they are reconciled'
complete -c nigari -n "__fish_nigari_using_subcommand help; and not __fish_seen_subcommand_from bootstrap check completion delete export get init install man reconcile resume suspend uninstall version why help" -f -a "suspend" -d 'Suspend Flux objects: nothing reconciles them until they are resumed'
complete -c nigari -n "__fish_nigari_using_subcommand help; and not __fish_seen_subcommand_from bootstrap check completion delete export get init install man reconcile resume suspend uninstall version why help" -f -a "uninstall" -d 'Uninstall Flux from a cluster; what it has applied stays'
complete -c nigari -n "__fish_nigari_using_subcommand help; and not __fish_seen_subcommand_from bootstrap check completion delete export get init install man reconcile resume suspend uninstall version why help" -f -a "version" -d 'Print the versions of nigari and of what is installed on the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand help; and not __fish_seen_subcommand_from bootstrap check completion delete export get init install man reconcile resume suspend uninstall version why help" -f -a "why" -d 'Say why Flux objects are not ready: the deepest cause, in one line'
complete -c nigari -n "__fish_nigari_using_subcommand help; and not __fish_seen_subcommand_from bootstrap check completion delete export get init install man reconcile resume suspend uninstall version why help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from bootstrap" -f -a "github" -d 'Install Flux from a GitHub repository, and let it keep itself and the cluster in sync with it'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from delete" -f -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from delete" -f -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from delete" -f -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from delete" -f -a "helmrelease" -d 'Delete HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from delete" -f -a "kustomization" -d 'Delete Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from delete" -f -a "terraform" -d 'Delete Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from delete" -f -a "receiver" -d 'Delete Receiver objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from delete" -f -a "alert-provider" -d 'Delete Provider objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from delete" -f -a "alert" -d 'Delete Alert objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from export" -f -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from export" -f -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from export" -f -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from export" -f -a "helmrelease" -d 'Export HelmRelease objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from export" -f -a "kustomization" -d 'Export Kustomization objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from export" -f -a "terraform" -d 'Export Terraform objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from export" -f -a "receiver" -d 'Export Receiver objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from export" -f -a "alert-provider" -d 'Export Provider objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from export" -f -a "alert" -d 'Export Alert objects as YAML'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from get" -f -a "all" -d 'Every kind that is installed'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from get" -f -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from get" -f -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from get" -f -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from get" -f -a "helmrelease" -d 'Show HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from get" -f -a "kustomization" -d 'Show Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from get" -f -a "terraform" -d 'Show Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from get" -f -a "receiver" -d 'Show Receiver objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from get" -f -a "alert-provider" -d 'Show Provider objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from get" -f -a "alert" -d 'Show Alert objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from reconcile" -f -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from reconcile" -f -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from reconcile" -f -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from reconcile" -f -a "helmrelease" -d 'Reconcile HelmRelease objects now'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from reconcile" -f -a "kustomization" -d 'Reconcile Kustomization objects now'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from reconcile" -f -a "terraform" -d 'Reconcile Terraform objects now'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from reconcile" -f -a "receiver" -d 'Reconcile Receiver objects now'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from resume" -f -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from resume" -f -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from resume" -f -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from resume" -f -a "helmrelease" -d 'Resume HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from resume" -f -a "kustomization" -d 'Resume Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from resume" -f -a "terraform" -d 'Resume Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from resume" -f -a "receiver" -d 'Resume Receiver objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from resume" -f -a "alert-provider" -d 'Resume Provider objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from resume" -f -a "alert" -d 'Resume Alert objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from suspend" -f -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from suspend" -f -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from suspend" -f -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from suspend" -f -a "helmrelease" -d 'Suspend HelmRelease objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from suspend" -f -a "kustomization" -d 'Suspend Kustomization objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from suspend" -f -a "terraform" -d 'Suspend Terraform objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from suspend" -f -a "receiver" -d 'Suspend Receiver objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from suspend" -f -a "alert-provider" -d 'Suspend Provider objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from suspend" -f -a "alert" -d 'Suspend Alert objects'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from why" -f -a "source" -d 'What Flux fetches: Git, OCI, Helm, buckets'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from why" -f -a "artifact" -d 'Artifacts composed in the cluster'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from why" -f -a "image" -d 'Image scanning and updating'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from why" -f -a "helmrelease" -d 'Say why HelmRelease objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from why" -f -a "kustomization" -d 'Say why Kustomization objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from why" -f -a "terraform" -d 'Say why Terraform objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from why" -f -a "receiver" -d 'Say why Receiver objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from why" -f -a "alert-provider" -d 'Say why Provider objects are not ready'
complete -c nigari -n "__fish_nigari_using_subcommand help; and __fish_seen_subcommand_from why" -f -a "alert" -d 'Say why Alert objects are not ready'
