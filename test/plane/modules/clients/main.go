// Drives a Kubernetes API through client-go as controllers do and prints what it saw: the same lines for every server that
// behaves the same.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/tools/clientcmd"
)

const namespace = "clients"

// How long a step may take on a busy machine.
const patience = 60 * time.Second

type driver struct {
	ctx     context.Context
	config  *rest.Config
	typed   kubernetes.Interface
	dynamic dynamic.Interface
}

func main() {
	kubeconfig := flag.String("kubeconfig", "", "")
	content := flag.String("content", "json", "json, protobuf (with JSON as a second choice), or protobuf-only")
	flag.Parse()
	if err := run(*kubeconfig, *content); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(kubeconfig, content string) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	config.QPS, config.Burst = 200, 400
	builtIn := rest.CopyConfig(config)
	switch content {
	case "protobuf":
		builtIn.ContentType = "application/vnd.kubernetes.protobuf"
		builtIn.AcceptContentTypes = "application/vnd.kubernetes.protobuf,application/json"
	case "protobuf-only":
		builtIn.ContentType = "application/vnd.kubernetes.protobuf"
		builtIn.AcceptContentTypes = "application/vnd.kubernetes.protobuf"
	}
	typed, err := kubernetes.NewForConfig(builtIn)
	if err != nil {
		return err
	}
	dyn, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(context.Background(), 3*time.Minute)
	defer stop()
	d := &driver{ctx: ctx, config: builtIn, typed: typed, dynamic: dyn}
	steps := []struct {
		name string
		do   func() error
	}{
		{"namespace", d.makeNamespace},
		{"mapper", d.mapKinds},
		{"typed informers", d.watchTyped},
		{"dynamic informer", d.watchDynamic},
		{"metadata informer", d.watchMetadata},
		{"typed apply", d.apply},
		{"conflicts", d.conflicts},
		{"every kind", d.everyKind},
		{"events", d.events},
		{"leader election", d.elect},
		{"refusals", d.refusals},
		{"end", d.end},
	}
	for _, step := range steps {
		if err := step.do(); err != nil {
			say("%s: failed: %v", step.name, err)
		}
	}
	return nil
}

func say(format string, values ...any) { fmt.Printf(format+"\n", values...) }

func (d *driver) until(what string, done func() (bool, error)) error {
	err := wait.PollUntilContextTimeout(d.ctx, 50*time.Millisecond, patience, true, func(context.Context) (bool, error) { return done() })
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

func (d *driver) makeNamespace() error {
	made, err := d.typed.CoreV1().Namespaces().Create(d.ctx, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace}}, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	say("namespace %s %s %v", made.Name, made.Status.Phase, made.Labels)
	return nil
}

func (d *driver) mapKinds() error {
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(d.typed.Discovery()))
	for _, kind := range []schema.GroupVersionKind{
		{Version: "v1", Kind: "Service"},
		{Group: "apps", Version: "v1", Kind: "Deployment"},
		{Group: "discovery.k8s.io", Version: "v1", Kind: "EndpointSlice"},
		{Group: "clients.example.com", Version: "v1", Kind: "Thing"},
		{Group: "clients.example.com", Version: "v1", Kind: "Nothing"},
	} {
		mapping, err := mapper.RESTMapping(kind.GroupKind(), kind.Version)
		if err != nil {
			say("mapping of %s: %v, no match: %v", kind.Kind, err, meta.IsNoMatchError(err))
			continue
		}
		say("mapping of %s: %s %s", kind.Kind, mapping.Resource, mapping.Scope.Name())
	}
	version, err := d.typed.Discovery().ServerVersion()
	if err != nil {
		return err
	}
	say("version %s.%s", version.Major, version.Minor)
	return nil
}

func (d *driver) end() error {
	foreground := metav1.DeletePropagationForeground
	if err := d.typed.CoreV1().Namespaces().Delete(d.ctx, namespace, metav1.DeleteOptions{PropagationPolicy: &foreground}); err != nil {
		return err
	}
	return d.until("the end of the namespace", func() (bool, error) {
		_, err := d.typed.CoreV1().Namespaces().Get(d.ctx, namespace, metav1.GetOptions{})
		if apierrors.IsNotFound(err) {
			say("namespace gone")
			return true, nil
		}
		return false, err
	})
}
