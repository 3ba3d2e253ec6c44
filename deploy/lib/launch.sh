# Sourced by deploy/bin/*: telltale_launch MODULE-DIR MAIN-CLASS JVM-OPTIONS -- ARGUMENTS...
# runs a program from this checkout, building it first if it never was.

telltale_launch() {
  local root module main options=()
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
  module=$root/$1 main=$2
  shift 2
  while [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  shift
  . "$root/deploy/lib/jdk.sh"
  if [ ! -d "$module/target/lib" ]; then
    echo "building (first time)" >&2
    (cd "$root" && mvn -q -B -ntp -Dstyle.color=never package -DskipTests -Dquick >&2) || {
      echo "the build failed: run deploy/test to see why" >&2
      exit 2
    }
  fi
  exec "$JAVA_HOME/bin/java" "${options[@]}" -cp "$module/target/classes:$module/target/lib/*" "$main" "$@"
}
