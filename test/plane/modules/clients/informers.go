package main

import (
	"context"
	"fmt"
	"sort"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/metadata/metadatainformer"
	"k8s.io/client-go/tools/cache"
)

type seen struct {
	lock  sync.Mutex
	lines map[string]int
}

func (s *seen) add(line string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.lines == nil {
		s.lines = map[string]int{}
	}
	s.lines[line]++
}

func (s *seen) has(line string) bool {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.lines[line] > 0
}

func (s *seen) handler(kind string) cache.ResourceEventHandlerDetailedFuncs {
	name := func(object any) string {
		if gone, ok := object.(cache.DeletedFinalStateUnknown); ok {
			object = gone.Obj
		}
		accessor, err := meta.Accessor(object)
		if err != nil {
			return err.Error()
		}
		return accessor.GetName()
	}
	return cache.ResourceEventHandlerDetailedFuncs{
		AddFunc: func(object any, first bool) {
			s.add(fmt.Sprintf("%s %s added (initial: %v)", kind, name(object), first))
		},
		UpdateFunc: func(_, object any) { s.add(fmt.Sprintf("%s %s updated", kind, name(object))) },
		DeleteFunc: func(object any) { s.add(fmt.Sprintf("%s %s deleted", kind, name(object))) },
	}
}

func (d *driver) awaitLines(s *seen, lines ...string) error {
	sort.Strings(lines)
	for _, line := range lines {
		if err := d.until(line, func() (bool, error) { return s.has(line), nil }); err != nil {
			return err
		}
		say("%s", line)
	}
	return nil
}

func serviceNamed(name string) *corev1.Service {
	return &corev1.Service{
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: namespace, Labels: map[string]string{"of": "clients"}},
		Spec:       corev1.ServiceSpec{Type: corev1.ServiceTypeLoadBalancer, Ports: []corev1.ServicePort{{Name: "web", Port: 80}}},
	}
}

func (d *driver) watchTyped() error {
	services := d.typed.CoreV1().Services(namespace)
	if _, err := services.Create(d.ctx, serviceNamed("early"), metav1.CreateOptions{}); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(d.ctx)
	defer stop()
	factory := informers.NewSharedInformerFactoryWithOptions(d.typed, time.Second, informers.WithNamespace(namespace))
	s := &seen{}
	for kind, informer := range map[string]cache.SharedIndexInformer{
		"service":    factory.Core().V1().Services().Informer(),
		"pod":        factory.Core().V1().Pods().Informer(),
		"deployment": factory.Apps().V1().Deployments().Informer(),
		"slice":      factory.Discovery().V1().EndpointSlices().Informer(),
		"lease":      factory.Coordination().V1().Leases().Informer(),
	} {
		if _, err := informer.AddEventHandler(s.handler(kind)); err != nil {
			return err
		}
	}
	factory.Start(ctx.Done())
	for kind, ok := range factory.WaitForCacheSync(ctx.Done()) {
		if !ok {
			return fmt.Errorf("%v never synced", kind)
		}
	}
	if _, err := services.Create(d.ctx, serviceNamed("late"), metav1.CreateOptions{}); err != nil {
		return err
	}
	slice := &discoveryv1.EndpointSlice{ObjectMeta: metav1.ObjectMeta{Name: "ours"}, AddressType: discoveryv1.AddressTypeIPv4, Endpoints: []discoveryv1.Endpoint{{Addresses: []string{"10.1.2.3"}}}}
	if _, err := d.typed.DiscoveryV1().EndpointSlices(namespace).Create(d.ctx, slice, metav1.CreateOptions{}); err != nil {
		return err
	}
	status := []byte(`{"status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.7"}]}}}`)
	if _, err := services.Patch(d.ctx, "late", types.MergePatchType, status, metav1.PatchOptions{}, "status"); err != nil {
		return err
	}
	if err := d.awaitLines(s, "service early added (initial: true)", "service late added (initial: false)", "service late updated", "service early updated", "slice ours added (initial: false)"); err != nil {
		return err
	}
	lister := factory.Core().V1().Services().Lister().Services(namespace)
	late, err := lister.Get("late")
	if err != nil {
		return err
	}
	say("lister: %s %s %s %s", late.Spec.Type, late.Spec.Ports[0].TargetPort.String(), late.Spec.SessionAffinity, late.Status.LoadBalancer.Ingress[0].IP)
	if err := services.Delete(d.ctx, "late", metav1.DeleteOptions{}); err != nil {
		return err
	}
	return d.awaitLines(s, "service late deleted")
}

var thing = schema.GroupVersionResource{Group: "clients.example.com", Version: "v1", Resource: "things"}

func thingNamed(name string) *unstructured.Unstructured {
	return &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "clients.example.com/v1", "kind": "Thing",
		"metadata": map[string]any{"name": name, "namespace": namespace},
		"spec":     map[string]any{"size": int64(1)},
	}}
}

func (d *driver) watchDynamic() error {
	ctx, stop := context.WithCancel(d.ctx)
	defer stop()
	things := d.dynamic.Resource(thing).Namespace(namespace)
	if _, err := things.Create(d.ctx, thingNamed("one"), metav1.CreateOptions{}); err != nil {
		return err
	}
	factory := dynamicinformer.NewFilteredDynamicSharedInformerFactory(d.dynamic, 0, namespace, nil)
	s := &seen{}
	if _, err := factory.ForResource(thing).Informer().AddEventHandler(s.handler("thing")); err != nil {
		return err
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	if _, err := things.Create(d.ctx, thingNamed("two"), metav1.CreateOptions{}); err != nil {
		return err
	}
	applied, err := things.Apply(d.ctx, "two", thingNamed("two"), metav1.ApplyOptions{FieldManager: "applier", Force: true})
	if err != nil {
		return err
	}
	say("things: %v, owners %d", applied.Object["spec"], len(applied.GetManagedFields()))
	if err := things.DeleteCollection(d.ctx, metav1.DeleteOptions{}, metav1.ListOptions{FieldSelector: "metadata.name=two"}); err != nil {
		return err
	}
	return d.awaitLines(s, "thing one added (initial: true)", "thing two added (initial: false)", "thing two updated", "thing two deleted")
}

func (d *driver) watchMetadata() error {
	client, err := metadata.NewForConfig(d.config)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(d.ctx)
	defer stop()
	factory := metadatainformer.NewFilteredSharedInformerFactory(client, 0, namespace, nil)
	s := &seen{}
	for kind, resource := range map[string]schema.GroupVersionResource{"service": corev1.SchemeGroupVersion.WithResource("services"), "thing": thing} {
		if _, err := factory.ForResource(resource).Informer().AddEventHandler(s.handler(kind + " metadata")); err != nil {
			return err
		}
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	if err := d.awaitLines(s, "service metadata early added (initial: true)", "thing metadata one added (initial: true)"); err != nil {
		return err
	}
	patched, err := client.Resource(thing).Namespace(namespace).Patch(d.ctx, "one", types.MergePatchType, []byte(`{"metadata":{"labels":{"a":"b"}}}`), metav1.PatchOptions{})
	if err != nil {
		return err
	}
	say("metadata patch: %s %v", patched.Kind, patched.Labels)
	list, err := client.Resource(corev1.SchemeGroupVersion.WithResource("services")).Namespace(namespace).List(d.ctx, metav1.ListOptions{Limit: 1})
	if err != nil {
		return err
	}
	say("metadata list: %d of %v, %s %s", len(list.Items), list.Continue == "", list.Items[0].Name, list.Items[0].Labels["of"])
	return d.awaitLines(s, "thing metadata one updated")
}
