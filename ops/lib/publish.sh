# shellcheck shell=bash
# How the programs are built and published. Part of ops/build; ops/test uses restore_locked and web_assets. Needs progress.sh.

# What the published programs are made of; the tools are made of tests/ too.
sources_of() {
  local roots=(src proto Directory.Build.props Directory.Packages.props global.json .editorconfig ops/build ops/lib/publish.sh)
  if [[ "$1" == tools ]]; then roots+=(tests/CallTracking.SampleData tests/CallTracking.Testing tests/CallTracking.Demo tests/CallTracking.Benchmarks tests/CallTracking.Faults); fi
  if git -C "$CT_ROOT" rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    git -C "$CT_ROOT" ls-files -co --exclude-standard -z -- "${roots[@]}"
  else
    (cd "$CT_ROOT" && find "${roots[@]}" \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -print0)
  fi
}

# One hash over names and contents of all sources and over the SDK.
source_hash() {
  (
    cd "$CT_ROOT" || exit
    dotnet --version
    sources_of "$1" | LC_ALL=C sort -zu | while IFS= read -r -d '' file; do
      if [[ -f "$file" ]]; then printf '%s\0' "$file"; fi
    done | xargs -0 sha256sum --
  ) | sha256sum | cut -d' ' -f1
}

# up_to_date WHAT HASH: was .run/WHAT published from just these sources?
up_to_date() { [[ -d "$CT_RUN/$1" && "$(cat "$CT_RUN/$1/.sources" 2>/dev/null)" == "$2" ]]; }

restore_locked() { (cd "$CT_ROOT" && dotnet restore CallTracking.sln --locked-mode); }

# The hub's browser libraries, out of the npm registry as the lock file says.
web_assets() {
  local folder="$CT_ROOT/src/CallTracking.Hub/Web/assets"
  [[ -f "$folder/package-lock.json" ]] || return 0
  if [[ -f "$folder/node_modules/.package-lock.json" && ! "$folder/package-lock.json" -nt "$folder/node_modules/.package-lock.json" ]]; then
    return 0
  fi
  need_npm
  step --cure "See whether the npm registry can be reached: npm ping" "Fetch the web pages' libraries (npm)" npm_ci "$folder"
}

npm_ci() { (cd "$1" && npm ci --no-audit --no-fund --ignore-scripts && touch node_modules/.package-lock.json); }

# One compiler serves the whole build, whatever the environment says of that: it and the analyzers are made ready once, not for each project.
# It is this script's own, so that it can be ended, and must not keep the script's lock.
export CT_COMPILER="${CT_COMPILER:-calltracking-$$}"
compile() { UseSharedCompilation=true SharedCompilationId="$CT_COMPILER" without_lock dotnet build "$@" -c Release --no-restore -nologo -v minimal; }

# Else it would end by itself, ten minutes later.
end_compiler() {
  local sdk
  sdk="$(dirname "$(readlink -f "$(command -v dotnet)")")/sdk/$(dotnet --version)"
  dotnet exec "$sdk/Roslyn/bincore/VBCSCompiler.dll" -shutdown "-pipename:$CT_COMPILER" >/dev/null 2>&1 || true
}

# build_release programs|tools: in one go, so that projects that do not wait for each other build side by side.
build_release() { (cd "$CT_ROOT" && compile "ops/lib/$1.slnf"); }

# publish_one PROJECT FOLDER: framework-dependent, from what was just built.
publish_one() { (cd "$CT_ROOT" && dotnet publish "$1" -c Release --no-restore --no-build -nologo -v minimal -o "$2"); }

# The command a user types: runs the program with the .NET that is on PATH, wherever that was installed, and without core
# dumps, which would put on disk what is in memory only.
write_launcher() {
  local path="$1" program="$2"
  cat >"$path" <<LAUNCHER
#!/bin/sh
ulimit -c 0
here=\$(dirname "\$(readlink -f "\$0")")
if [ -z "\${DOTNET_ROOT:-}" ] && dotnet=\$(command -v dotnet); then
  root=\$(dirname "\$(readlink -f "\$dotnet")")
  if [ -d "\$root/shared/Microsoft.NETCore.App" ]; then DOTNET_ROOT=\$root; export DOTNET_ROOT; fi
fi
exec "\$here/$program" "\$@"
LAUNCHER
  chmod +x "$path"
}

# A program that runs keeps the files that it was started with: the new folder takes the old one's place as a whole.
replace_folder() {
  rm -rf "$1.old"
  if [[ -d "$1" ]]; then mv "$1" "$1.old"; fi
  mv "$1.new" "$1"
  rm -rf "$1.old"
}

publish_bin() {
  local bin="$CT_RUN/bin"
  rm -rf "$bin.new"
  publish_one src/CallTracking.Agent "$bin.new/lib/agent"
  publish_one src/CallTracking.Hub "$bin.new/lib/hub"
  write_launcher "$bin.new/calltracking-agent" lib/agent/calltracking-agent
  write_launcher "$bin.new/calltracking-hub" lib/hub/calltracking-hub
  replace_folder "$bin"
}

publish_tools() {
  local place="$CT_RUN/tools" name
  rm -rf "$place.new"
  for name in SampleData Demo Benchmarks Faults; do
    publish_one "tests/CallTracking.$name" "$place.new/lib/$name"
  done
  write_launcher "$place.new/calltracking-sampledata" lib/SampleData/calltracking-sampledata
  write_launcher "$place.new/calltracking-demo" lib/Demo/calltracking-demo
  write_launcher "$place.new/calltracking-bench" lib/Benchmarks/calltracking-bench
  write_launcher "$place.new/calltracking-faults" lib/Faults/calltracking-faults
  replace_folder "$place"
}

# A platform's own restore and build lie in .run/artifacts: obj/ and the committed lock files stay as they are.
publish_for_platform() {
  local rid="$1" project="$2" into="$3" locks=(-p:RestoreLockedMode=true)
  # The lock files cover the platforms of Directory.Build.props; any other gets lock files of its own.
  if ! grep -q "<RuntimeIdentifiers>.*$rid.*</RuntimeIdentifiers>" "$CT_ROOT/Directory.Build.props"; then
    mkdir -p "$CT_RUN/artifacts/$rid/locks"
    locks=(-p:CallTrackingLockFolder="$CT_RUN/artifacts/$rid/locks")
  fi
  (cd "$CT_ROOT" && dotnet publish "$project" -c Release -r "$rid" --self-contained -nologo -v minimal \
    --artifacts-path "$CT_RUN/artifacts/$rid" -o "$into" "${locks[@]}")
}

# Whoever carries the folder to a centre sees there whether it is still the one that was built: sha256sum --check SHA256SUMS
sums() { (cd "$1" && find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum >SHA256SUMS); }

publish_self_contained() {
  local rid="$1" dist="$CT_RUN/dist/$1" began name title project
  began="$(now_ms)"
  web_assets
  rm -rf "$dist.new"
  for name in agent hub; do
    title="Publish calltracking-$name for $rid"
    project="src/CallTracking.$(if [[ $name == agent ]]; then printf Agent; else printf Hub; fi)"
    attempt "$title" publish_for_platform "$rid" "$project" "$dist.new/calltracking-$name"
    if ((CT_STATUS != 0)); then
      explain_failure "$rid" "$title"
    fi
  done
  step "Sum the files" sums "$dist.new"
  replace_folder "$dist"
  say "Published to .run/dist/$rid: calltracking-agent, calltracking-hub, each with its own .NET ($(elapsed_since "$began"))"
}

explain_failure() {
  local log missing
  log="$(log_of "$2")"
  missing="$(sed -n "s/.*NU110[12].*package \(Microsoft\.[A-Za-z.]*\.$1\).*/\1/p" "$log" | sort -u | paste -sd' ')"
  if [[ -n "$missing" ]]; then
    fail "The package source holds no .NET runtime for $1: it lacks $missing." \
      "Build where nuget.org's own packages can be had; nothing in this repository stands in the way." 3
  fi
  tail -n 25 "$log" | sed 's/^/    | /' >&2
  fail "$2 (whole log in $(short_path "$log"))." "Read the log, mend what it names, run the same command again."
}
