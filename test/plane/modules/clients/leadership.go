package main

import (
	"context"
	"fmt"
	"time"

	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/scheme"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
	"k8s.io/client-go/tools/record"
)

func (d *driver) events() error {
	broadcaster := record.NewBroadcaster(record.WithContext(d.ctx))
	defer broadcaster.Shutdown()
	broadcaster.StartRecordingToSink(&typedcorev1.EventSinkImpl{Interface: d.typed.CoreV1().Events(namespace)})
	recorder := broadcaster.NewRecorder(scheme.Scheme, corev1.EventSource{Component: "clients"})
	service, err := d.typed.CoreV1().Services(namespace).Get(d.ctx, "early", metav1.GetOptions{})
	if err != nil {
		return err
	}
	for range 3 {
		recorder.Eventf(service, corev1.EventTypeNormal, "Seen", "saw %s", service.Name)
	}
	return d.until("events", func() (bool, error) {
		list, err := d.typed.CoreV1().Events(namespace).List(d.ctx, metav1.ListOptions{FieldSelector: "involvedObject.name=early,reason=Seen"})
		if err != nil || len(list.Items) == 0 || list.Items[0].Count < 3 {
			return false, err
		}
		event := list.Items[0]
		say("event: %d of %s %s/%s by %s, count %d", len(list.Items), event.Reason, event.InvolvedObject.Kind, event.InvolvedObject.Name, event.Source.Component, event.Count)
		return true, nil
	})
}

func (d *driver) elect() error {
	ctx, stop := context.WithCancel(d.ctx)
	defer stop()
	lock := &resourcelock.LeaseLock{
		LeaseMeta:  metav1.ObjectMeta{Name: "leader", Namespace: namespace},
		Client:     d.typed.CoordinationV1(),
		LockConfig: resourcelock.ResourceLockConfig{Identity: "one"},
	}
	led := make(chan struct{})
	ended := make(chan struct{})
	go func() {
		leaderelection.RunOrDie(ctx, leaderelection.LeaderElectionConfig{
			Lock: lock, LeaseDuration: 30 * time.Second, RenewDeadline: 20 * time.Second, RetryPeriod: 200 * time.Millisecond, ReleaseOnCancel: true,
			Callbacks: leaderelection.LeaderCallbacks{OnStartedLeading: func(context.Context) { close(led) }, OnStoppedLeading: func() { close(ended) }},
		})
	}()
	select {
	case <-led:
	case <-time.After(patience):
		return fmt.Errorf("never led")
	}
	lease := func() (*coordinationv1.Lease, error) {
		return d.typed.CoordinationV1().Leases(namespace).Get(d.ctx, "leader", metav1.GetOptions{})
	}
	first, err := lease()
	if err != nil {
		return err
	}
	err = d.until("renewal", func() (bool, error) {
		now, err := lease()
		return err == nil && now.Spec.RenewTime.After(first.Spec.RenewTime.Time), err
	})
	if err != nil {
		return err
	}
	stop()
	<-ended
	last, err := lease()
	if err != nil {
		return err
	}
	say("lease: held by %q, then %q, transitions %d", *first.Spec.HolderIdentity, *last.Spec.HolderIdentity, *last.Spec.LeaseTransitions)
	return nil
}
