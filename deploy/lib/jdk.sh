# Sourced: leaves JAVA_HOME at a JDK 25, or says in one line what is missing and exits 2.
# Order: JAVA_HOME if it is 25, then /usr/lib/jvm, then the distribution's package.

telltale_is_jdk25() {
  [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[".]' "$1/release" 2>/dev/null
}

telltale_find_jdk25() {
  local candidate
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -n "$candidate" ] && telltale_is_jdk25 "$candidate"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}

if ! telltale_find_jdk25; then
  if [ "$(id -u)" = 0 ] && apt-cache show openjdk-25-jdk-headless >/dev/null 2>&1; then
    echo "installing openjdk-25-jdk-headless" >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-25-jdk-headless >/dev/null
  fi
  if ! telltale_find_jdk25; then
    echo "no JDK 25 found: install one under /usr/lib/jvm (for example temurin-25-jdk) or set JAVA_HOME to it" >&2
    exit 2
  fi
fi

# Maven 3.8 uses what JDK 25 warns about at every start.
export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
