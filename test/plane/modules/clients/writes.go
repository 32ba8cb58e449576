package main

import (
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	corev1ac "k8s.io/client-go/applyconfigurations/core/v1"
	"k8s.io/client-go/util/retry"
)

func (d *driver) apply() error {
	maps := d.typed.CoreV1().ConfigMaps(namespace)
	wanted := corev1ac.ConfigMap("applied", namespace).WithData(map[string]string{"a": "1"})
	for _, manager := range []string{"first", "second"} {
		made, err := maps.Apply(d.ctx, wanted.WithData(map[string]string{"b": manager}), metav1.ApplyOptions{FieldManager: manager})
		if err != nil {
			say("apply by %s: %v, conflict: %v", manager, err, apierrors.IsConflict(err))
			continue
		}
		extracted, err := corev1ac.ExtractConfigMap(made, manager)
		if err != nil {
			return err
		}
		say("apply by %s: %v", manager, extracted.Data)
	}
	return nil
}

func (d *driver) conflicts() error {
	maps := d.typed.CoreV1().ConfigMaps(namespace)
	stale, err := maps.Get(d.ctx, "applied", metav1.GetOptions{})
	if err != nil {
		return err
	}
	fresh := stale.DeepCopy()
	fresh.Data["c"] = "1"
	if _, err := maps.Update(d.ctx, fresh, metav1.UpdateOptions{}); err != nil {
		return err
	}
	attempts := 0
	err = retry.RetryOnConflict(retry.DefaultRetry, func() error {
		attempts++
		stale.Data["d"] = "1"
		_, err := maps.Update(d.ctx, stale, metav1.UpdateOptions{})
		if apierrors.IsConflict(err) {
			say("update: %v", err)
			stale, _ = maps.Get(d.ctx, "applied", metav1.GetOptions{})
		}
		return err
	})
	say("retried: %d, %v, %v", attempts, err, stale.Data)
	return nil
}

func (d *driver) everyKind() error {
	secret, err := d.typed.CoreV1().Secrets(namespace).Create(d.ctx, &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "s"}, Data: map[string][]byte{"a": {0, 255}}, StringData: map[string]string{"b": "c"}}, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	say("secret: %v %s", secret.Data, secret.Type)
	role, err := d.typed.RbacV1().Roles(namespace).Create(d.ctx, &rbacv1.Role{ObjectMeta: metav1.ObjectMeta{Name: "r"}, Rules: []rbacv1.PolicyRule{{Verbs: []string{"get"}, APIGroups: []string{""}, Resources: []string{"pods"}}}}, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	say("role: %v", role.Rules)
	nodes, err := d.typed.CoreV1().Nodes().List(d.ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	for _, node := range nodes.Items {
		for _, condition := range node.Status.Conditions {
			if condition.Type == corev1.NodeReady {
				say("node %s ready %s since %v", node.Name, condition.Status, !condition.LastTransitionTime.IsZero())
			}
		}
	}
	deployments, err := d.typed.AppsV1().Deployments(namespace).List(d.ctx, metav1.ListOptions{ResourceVersion: "0"})
	if err != nil {
		return err
	}
	say("deployments: %d, version %v", len(deployments.Items), deployments.ResourceVersion != "")
	accounts, err := d.typed.CoreV1().ServiceAccounts(namespace).List(d.ctx, metav1.ListOptions{LabelSelector: "a=b"})
	if err != nil {
		return err
	}
	say("accounts: %d", len(accounts.Items))
	roles, err := d.typed.RbacV1().ClusterRoles().Get(d.ctx, "view", metav1.GetOptions{})
	if err != nil {
		return err
	}
	say("view: %v %v", len(roles.Rules) > 3, roles.Labels)
	return nil
}

func (d *driver) refusals() error {
	maps := d.typed.CoreV1().ConfigMaps(namespace)
	_, err := maps.Get(d.ctx, "missing", metav1.GetOptions{})
	say("missing: %v, not found: %v", err, apierrors.IsNotFound(err))
	_, err = d.typed.CoreV1().Secrets(namespace).Create(d.ctx, &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "s"}}, metav1.CreateOptions{})
	say("twice: %v, exists: %v", err, apierrors.IsAlreadyExists(err))
	_, err = d.typed.CoreV1().Services(namespace).Create(d.ctx, &corev1.Service{ObjectMeta: metav1.ObjectMeta{Name: "S"}, Spec: corev1.ServiceSpec{Ports: []corev1.ServicePort{{Port: 1}}}}, metav1.CreateOptions{})
	say("invalid: %v", apierrors.IsInvalid(err))
	_, err = maps.Create(d.ctx, &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "x", Namespace: namespace}}, metav1.CreateOptions{DryRun: []string{"All"}})
	say("dry run: %v", err)
	uid := types.UID("other")
	err = maps.Delete(d.ctx, "applied", metav1.DeleteOptions{Preconditions: &metav1.Preconditions{UID: &uid}})
	say("precondition: conflict: %v", apierrors.IsConflict(err))
	return nil
}
