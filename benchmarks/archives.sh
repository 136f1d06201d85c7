# Functions of overhead.sh and rescore.sh, which measure what an archive that holds each file twice costs more than one
# that holds it once: start and stop of a command cancel.

# Makes the folders $work/once and $work/twice from a folder of recordings.
make_archives() {
  local file copy
  mkdir "$work/once" "$work/twice"
  for file in "$1"/*; do
    cp "$file" "$work/once/"
    for copy in a b; do
      cp "$file" "$work/twice/$copy-$(basename "$file")"
    done
  done
}

# Prints the user and system seconds of a command.
processor_seconds() {
  local TIMEFORMAT='%U %S'
  { time "$@" >/dev/null 2>"$work/log"; } 2>&1 | awk '{ print $1 + $2 }'
}
