// Command controlplane is the Kubernetes control plane of the tests: upstream's own entry points
// in one binary, one process per component.
//
// The component is the base name of argv[0] (the cache holds one symbolic link per component) or,
// under any other name, the first argument. Only the selected command is constructed: constructing
// the API server's already installs the one signal handler that a process may have.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	_ "time/tzdata" // time zones of CronJobs, as upstream's own mains import them

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
)

// commands holds the constructors of the components that are cobra commands.
var commands = map[string]func() *cobra.Command{
	"kube-apiserver":          apiserver.NewAPIServerCommand,
	"kube-controller-manager": controllermanager.NewControllerManagerCommand,
}

func main() {
	name, args := component(os.Args)
	// Components read os.Args themselves (cobra, etcd's usage text), so they see their own name first.
	os.Args = append([]string{name}, args...)
	if name == "etcd" {
		etcdmain.Main(os.Args)
		return
	}
	command, known := commands[name]
	if !known {
		fmt.Fprintf(os.Stderr, "unknown component %q; known: etcd, %s\n", name, names())
		os.Exit(2)
	}
	os.Exit(cli.Run(command()))
}

// component splits argv into the component's name and its arguments.
func component(argv []string) (string, []string) {
	name := filepath.Base(argv[0])
	_, known := commands[name]
	if known || name == "etcd" || len(argv) < 2 {
		return name, argv[1:]
	}
	return argv[1], argv[2:]
}

// names lists the cobra components, sorted, for the error message.
func names() string {
	known := make([]string, 0, len(commands))
	for name := range commands {
		known = append(known, name)
	}
	slices.Sort(known)
	return strings.Join(known, ", ")
}
