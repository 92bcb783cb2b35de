_nigari() {
    # Readline also splits words at = and :, which are put together again, up to the cursor.
    local words=() rest=${COMP_LINE:0:COMP_POINT} piece typed='' i
    for ((i = 0; i < COMP_CWORD; i++)); do
        piece=${COMP_WORDS[i]}
        if ((i > 0)) && [[ $rest != [[:space:]]* ]]; then
            words[${#words[@]} - 1]+=$piece
        else
            words+=("$piece")
        fi
        rest=${rest#"${rest%%[![:space:]]*}"}
        rest=${rest#"$piece"}
    done
    # What is left is the word at the cursor, or the end of one that was split.
    if ((i > 0)) && [[ $rest != [[:space:]]* ]]; then
        typed=${words[${#words[@]} - 1]}
        unset "words[${#words[@]} - 1]"
    fi
    typed+=${rest#"${rest%%[![:space:]]*}"}
    # Readline replaces only the last piece, so the ones before it are not repeated to it.
    local last=$2 before
    [[ $last == [=:] ]] && last=
    before=${typed%"$last"}
    COMPREPLY=()
    while IFS= read -r piece; do
        piece=${piece#"$before"}
        [[ $piece == *[=/] ]] && compopt -o nospace 2>/dev/null
        [[ -n $piece ]] && COMPREPLY+=("$(printf '%q' "$piece")")
    done < <(NIGARI_COMPLETE=bash nigari -- "${words[@]}" "$typed" 2>/dev/null)
}
if ((BASH_VERSINFO[0] > 4 || BASH_VERSINFO[0] == 4 && BASH_VERSINFO[1] >= 4)); then
    complete -o bashdefault -o nosort -F _nigari nigari
else
    complete -o bashdefault -F _nigari nigari
fi
