cd fleet-infra
mkdir infra
cat > infra/main.tf.json <<'END'
{
  "variable": {"cidr": {"default": "10.0.0.0/16"}},
  "resource": {"network": {"main": {"cidr": "${var.cidr}"}}},
  "output": {"cidr": {"value": "${network.main.cidr}"}}
}
END
nigari create source helm tofu-controller --url=https://flux-iac.github.io/tofu-controller --export > clusters/production/tofu.yaml
nigari create helmrelease tofu-controller --source=HelmRepository/tofu-controller --chart=tofu-controller --chart-version=0.16.5 --crds=CreateReplace --export >> clusters/production/tofu.yaml
nigari create tofu-runner tf-runner --export >> clusters/production/tofu.yaml
git add . && git commit --quiet --message 'A network, and what plans it' && git push --quiet
nigari reconcile kustomization flux-system --with-source --to=HEAD
nigari wait helmrelease tofu-controller
