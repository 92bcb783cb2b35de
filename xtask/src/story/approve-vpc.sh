nigari plan show vpc --output=json > plan.json
nigari plan approve vpc --yes \
  --plan-id="$(sed -n 's/^  "id": "\(.*\)",$/\1/p' plan.json)" \
  --digest="$(sed -n 's/^  "digest": "\(.*\)",$/\1/p' plan.json)" \
  --max-destroy=0
