cd fleet-infra
sed -i 's/^  replicas: 2/ replicas: 2/' apps/hello/hello.yaml
git commit --quiet --all --message 'Scale hello'
git push --quiet
nigari reconcile kustomization hello --with-source
