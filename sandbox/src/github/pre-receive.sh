#!/bin/sh
# Refuses over git what the branch rules refuse over REST and GraphQL; the rules are in
# `branch-rules`: CONDITION REF CODE MESSAGE.

refused() { # CONDITION OLD NEW
    case $1 in
    update) ! absent "$2" ;;
    rewrite) ! absent "$2" && { absent "$3" || ! git merge-base --is-ancestor "$2" "$3"; } ;;
    creation) absent "$2" && ! absent "$3" ;;
    unsigned) ! absent "$3" && has_unsigned "$3" ;;
    esac
}

absent() { [ -z "$(printf %s "$1" | tr -d 0)" ]; }

has_unsigned() {
    for commit in $(git rev-list "$1" --not --all); do
        git cat-file commit "$commit" | sed '/^$/q' | grep -q '^gpgsig' || return 0
    done
    return 1
}

status=0
while read -r old new ref; do
    while read -r condition protected code message <&3; do
        [ "$ref" = "$protected" ] && refused "$condition" "$old" "$new" || continue
        case $code in
        GH006) echo "error: GH006: Protected branch update failed for $ref." ;;
        *) echo "error: $code: Repository rule violations found for $ref." ;;
        esac >&2
        printf 'error:\nerror: - %s\n' "$message" >&2
        status=1
    done 3<branch-rules
done
exit $status
