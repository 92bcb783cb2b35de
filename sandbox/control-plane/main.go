// Command controlplane is what the tests need of Kubernetes: upstream's own entry points in one
// binary, one process per program.
//
// The program is the base name of argv[0] (the cache holds one symbolic link per program) or, under
// any other name, the first argument. Only the selected command is constructed: constructing the API
// server's already installs the one signal handler that a process may have.
package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	_ "time/tzdata" // time zones of CronJobs, as upstream's own mains import them

	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	kubectl "k8s.io/kubectl/pkg/cmd"
	kubectlutil "k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kustomize "sigs.k8s.io/kustomize/kustomize/v5/commands"
)

// programs holds what runs under each name; it returns the exit status, or ends the process itself.
var programs = map[string]func() int{
	"etcd":                    func() int { etcdmain.Main(os.Args); return 0 },
	"kube-apiserver":          func() int { return cli.Run(apiserver.NewAPIServerCommand()) },
	"kube-controller-manager": func() int { return cli.Run(controllermanager.NewControllerManagerCommand()) },
	"kube-scheduler":          func() int { return cli.Run(scheduler.NewSchedulerCommand()) },
	"kubectl":                 runKubectl,
	"kustomize":               runKustomize,
}

func main() {
	name, args := program(os.Args)
	run, known := programs[name]
	if !known {
		names := strings.Join(slices.Sorted(maps.Keys(programs)), ", ")
		fmt.Fprintf(os.Stderr, "unknown program %q; known: %s\n", name, names)
		os.Exit(2)
	}
	// Programs read os.Args themselves (cobra, etcd's usage text), so they see their own name first.
	os.Args = append([]string{name}, args...)
	os.Exit(run())
}

// program splits argv into the program's name and its arguments.
func program(argv []string) (string, []string) {
	name := filepath.Base(argv[0])
	if _, known := programs[name]; known || len(argv) < 2 {
		return name, argv[1:]
	}
	return argv[1], argv[2:]
}

// runKubectl leaves the words about a failure, and its exit status, to kubectl's own code.
func runKubectl() int {
	kubectlutil.CheckErr(cli.RunNoErrOutput(kubectl.NewDefaultKubectlCommand()))
	return 0
}

// runKustomize adds no logging flags: kustomize has none.
func runKustomize() int {
	if err := kustomize.NewDefaultCommand().Execute(); err != nil {
		return 1
	}
	return 0
}
