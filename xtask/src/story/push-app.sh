cd fleet-infra
mkdir -p apps/hello
cat > clusters/production/hello.yaml <<'YAML'
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: hello
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps/hello
  prune: true
  wait: true
  sourceRef:
    kind: GitRepository
    name: flux-system
YAML
cat > apps/hello/hello.yaml <<'YAML'
apiVersion: v1
kind: Namespace
metadata:
  name: hello
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: hello
  namespace: hello
spec:
  replicas: 2
  selector:
    matchLabels:
      app: hello
  template:
    metadata:
      labels:
        app: hello
    spec:
      containers:
        - name: hello
          image: ghcr.io/acme/hello:1.0.0
YAML
git add --all
git commit --quiet --message 'Add hello'
git push --quiet
git log -1 --format='%h %s'
