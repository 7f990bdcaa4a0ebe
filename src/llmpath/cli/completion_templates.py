"""What the completion scripts are made of: each shell's functions, without the tables.

`completion_scripts` puts the tables in place of the words between two `@`.
"""

from __future__ import annotations

# Of the loop: `--track short` and `--track=short` (split at `=` by bash alone) count
# as no position, and behind `--` everything does.
SH_BODY = """\
    for word in "${before[@]}"; do
        if [[ $word == "=" ]]; then
            continue
        elif [[ -n $option ]]; then
            option=
        elif [[ $ended == yes ]]; then
            position=$((position + 1))
        else
            case "$at $word" in
                @TAKERS@) option=$word ;;
                *' --') ended=yes ;;
                *' -'*) ;;
                @CHILDREN@) at=$at/$word ;;
                *) position=$((position + 1)) ;;
            esac
        fi
    done
    if [[ -n $option ]]; then
        case "$at $option" in
@VALUES@
        esac
    elif [[ $ended != yes && $cur == -* ]]; then
        case $at in
@OPTIONS@
        esac
        @COMMON@
    else
        case "$at $position" in
@ARGUMENTS@
        esac
    fi
"""

BASH = (
    r"""# Completion of llmpath @VERSION@ for bash 3.2 and later.
# To try it:   eval "$(llmpath completion bash)"
# To keep it:  llmpath completion bash > FILE, where FILE is
#   ~/.local/share/bash-completion/completions/llmpath
# or any file that your ~/.bashrc reads. After an update of llmpath, write it again.
# Ids are asked of llmpath at each TAB, about 0.1 s; all else stands here.

_llmpath_words() {
    local word
    for word in "$@"; do
        [[ ${word%%:*} == "$cur"* ]] && COMPREPLY+=("${word%%:*}")
    done
}

_llmpath_lines() {
    local word
    while IFS= read -r word; do COMPREPLY+=("$word"); done
    compopt -o filenames 2>/dev/null
}

_llmpath_files() { _llmpath_lines < <(compgen -f -- "$cur"); }

_llmpath_folders() { _llmpath_lines < <(compgen -d -- "$cur"); }

_llmpath_ids() {
    local module lesson rest last=
    while IFS=$'\t' read -r module lesson rest; do
        [[ $module != "$last" && $module == "$cur"* ]] && COMPREPLY+=("$module")
        last=$module
        [[ $lesson == "$cur"* ]] && COMPREPLY+=("$lesson")
    done < <("$program" list --plain 2>/dev/null)
}

_llmpath_tracks() {
    local track rest
    while IFS=$'\t' read -r track rest; do
        [[ $track == "$cur"* ]] && COMPREPLY+=("$track")
    done < <("$program" tracks --plain 2>/dev/null)
}

_llmpath_things() { _llmpath_tracks; _llmpath_ids; }

_llmpath() {
    local cur=${COMP_WORDS[COMP_CWORD]} program=${COMP_WORDS[0]}
    local at='' option='' ended='' position=0 word
    local before=("${COMP_WORDS[@]:1:COMP_CWORD-1}")
    COMPREPLY=()
    [[ $cur == "=" ]] && cur=
"""
    + SH_BODY
    + """\
    return 0
}

complete -F _llmpath llmpath
"""
)

ZSH = (
    r"""#compdef llmpath
# Completion of llmpath @VERSION@ for zsh 5.1 and later.
# To try it:   eval "$(llmpath completion zsh)", after compinit
# To keep it:  llmpath completion zsh > ~/.zfunc/_llmpath
# where ~/.zshrc has `fpath+=~/.zfunc` before compinit. After an update of llmpath,
# write it again. Ids are asked of llmpath at each TAB, about 0.1 s; all else stands
# here.

_llmpath_words() {
    local -a offered=("$@")
    _describe -t words llmpath offered
}

_llmpath_files() { _files; }

_llmpath_folders() { _files -/; }

_llmpath_ids() {
    local module lesson title rest last=
    local -a offered
    "$program" list --plain 2>/dev/null |
        while IFS=$'\t' read -r module lesson title rest; do
            [[ $module != "$last" ]] && offered+=("${module//:/\\:}:module")
            last=$module
            offered+=("${lesson//:/\\:}:${title//\\/\\\\}")
        done
    _describe -t ids 'module or lesson' offered
}

_llmpath_tracks() {
    local track title rest
    local -a offered
    "$program" tracks --plain 2>/dev/null |
        while IFS=$'\t' read -r track title rest; do
            offered+=("${track//:/\\:}:${title//\\/\\\\}")
        done
    _describe -t tracks track offered
}

_llmpath_things() { _llmpath_tracks; _llmpath_ids; }

_llmpath() {
    local cur=$words[CURRENT] program=$words[1]
    local at='' option='' ended='' position=0 word
    local -a before=("${(@)words[2,CURRENT-1]}")
    if [[ $cur == --*=* ]]; then
        before+=("${cur%%=*}")
        cur=${cur#*=}
        compset -P '*='
    fi
"""
    + SH_BODY
    + """\
}

if [[ $funcstack[1] == _llmpath ]]; then
    _llmpath "$@"
else
    compdef _llmpath llmpath
fi
"""
)

FISH = r"""# Completion of llmpath @VERSION@ for fish 3.1 and later.
# To try it:   llmpath completion fish | source
# To keep it:  llmpath completion fish > ~/.config/fish/completions/llmpath.fish
# After an update of llmpath, write it again. Ids are asked of llmpath at each TAB,
# about 0.1 s; all else stands here.

function _llmpath_words
    for word in $argv
        set -l parts (string split -m 1 : -- $word)
        printf '%s%s\t%s\n' "$_llmpath_prefix" $parts[1] "$parts[2]"
    end
end

function _llmpath_files
    __fish_complete_path "$_llmpath_cur" file
end

function _llmpath_folders
    __fish_complete_directories "$_llmpath_cur" folder
end

function _llmpath_ids
    set -l last
    $_llmpath_program list --plain 2>/dev/null | while read -l line
        set -l fields (string split \t -- $line)
        if test "$fields[1]" != "$last"
            printf '%s\tmodule\n' $fields[1]
        end
        set last $fields[1]
        printf '%s\t%s\n' $fields[2] $fields[3]
    end
end

function _llmpath_tracks
    $_llmpath_program tracks --plain 2>/dev/null | while read -l line
        set -l fields (string split \t -- $line)
        printf '%s%s\t%s\n' "$_llmpath_prefix" $fields[1] $fields[2]
    end
end

function _llmpath_things
    _llmpath_tracks
    _llmpath_ids
end

function _llmpath
    set -l before (commandline -opc)
    set -g _llmpath_program $before[1]
    set -e before[1]
    set -g _llmpath_cur (commandline -ct)
    set -g _llmpath_prefix ''
    set -l at ''
    set -l option ''
    set -l ended ''
    set -l position 0
    if string match -q -- '--*=*' "$_llmpath_cur"
        set -l parts (string split -m 1 = -- $_llmpath_cur)
        set -a before $parts[1]
        set _llmpath_cur $parts[2]
        set _llmpath_prefix "$parts[1]="
    end
    for word in $before
        if test -n "$option"
            set option ''
            continue
        else if test -n "$ended"
            set position (math $position + 1)
            continue
        end
        switch "$at $word"
            case @TAKERS@
                set option $word
            case '* --'
                set ended yes
            case '* -*'
            case @CHILDREN@
                set at $at/$word
            case '*'
                set position (math $position + 1)
        end
    end
    if test -n "$option"
        switch "$at $option"
@VALUES@
        end
    else if test -z "$ended"; and string match -q -- '-*' "$_llmpath_cur"
        switch $at
@OPTIONS@
        end
        @COMMON@
    else
        switch "$at $position"
@ARGUMENTS@
        end
    end
end

complete -c llmpath -e
complete -c llmpath -f -a '(_llmpath)'
"""
