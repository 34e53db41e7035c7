#include "checks/secrets/guardtexts.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr auto kCall = "launch-cockpit secrets";

// Status 1: secrets were found; another: nothing was looked at, which is no reason to let a commit through unseen.
constexpr auto kHookStep = R"sh(
# Launch Cockpit: a commit that carries a key or password is stopped here. What the last commit's baseline accepts
# passes; a baseline that is changed counts from the next commit on.
launch-cockpit secrets --staged --baseline HEAD:.launch-cockpit-baseline.json --no-progress \
    "$(git rev-parse --show-toplevel)" || {
    echo "The commit was stopped. If what was found is no secret, say so on its line: launch-cockpit:allow REASON" >&2
    echo "What could not be looked at is for you to look at; then: git commit --no-verify" >&2
    exit 1
}
)sh";

constexpr auto kWorkflow =
    R"(# Looks for keys and passwords in what a pull request adds, and stops it when there are any.
name: secrets
on:
  pull_request:
permissions:
  contents: read
jobs:
  secrets:
    runs-on: ubuntu-latest
    container: debian:12
    steps:
      - run: apt-get update && apt-get install -y --no-install-recommends ca-certificates curl git
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      # The address of the package (.deb), as a variable of the repository: Settings, Variables, Actions.
      - run: |
          curl -fsSLo /tmp/launch-cockpit.deb "$PACKAGE"
          apt-get install -y --no-install-recommends /tmp/launch-cockpit.deb
        env:
          PACKAGE: ${{ vars.LAUNCH_COCKPIT_PACKAGE }}
      # HEAD is the pull request merged: its first parent is the branch that it goes to, as it is now. What is accepted
      # stands in a file, written by: launch-cockpit secrets . --write-baseline .launch-cockpit-baseline.json
      # It is taken from that branch, too: a pull request does not excuse itself.
      - run: |
          git config --global --add safe.directory "$PWD"
          launch-cockpit secrets --since HEAD^1 --baseline HEAD^1:.launch-cockpit-baseline.json --no-progress .
)";

constexpr auto kJob = R"(# Looks for keys and passwords in what a merge request adds, and stops it when there are any.
secrets:
  image: debian:12
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    GIT_DEPTH: "0"
  script:
    - apt-get update && apt-get install -y --no-install-recommends ca-certificates curl git
    # The address of the package (.deb), as a variable of the project: Settings, CI/CD, Variables.
    - curl -fsSLo /tmp/launch-cockpit.deb "$LAUNCH_COCKPIT_PACKAGE"
    - apt-get install -y --no-install-recommends /tmp/launch-cockpit.deb
    - git config --global --add safe.directory "$PWD"
    # What is accepted stands in a file, written by:
    # launch-cockpit secrets . --write-baseline .launch-cockpit-baseline.json
    # It is taken from the branch that it goes to: a merge request does not excuse itself.
    # A pipeline of merged results has the branch that it goes to as it is now.
    - base="${CI_MERGE_REQUEST_TARGET_BRANCH_SHA:-$CI_MERGE_REQUEST_DIFF_BASE_SHA}"
    - launch-cockpit secrets --since "$base" --baseline "$base:.launch-cockpit-baseline.json" --no-progress .
)";

} // namespace

bool callsSecrets(const QByteArray &text)
{
    return std::ranges::any_of(text.split('\n'), [](const QByteArray &line) {
        return line.contains(kCall) && !line.trimmed().startsWith('#');
    });
}

bool isShellScript(const QByteArray &text)
{
    const QByteArray first = text.split('\n').front().trimmed();
    if (!first.startsWith("#!"))
        return false;
    return std::ranges::any_of(
        std::initializer_list<const char *>{"/sh", "/bash", "/dash", "/zsh", " sh", " bash"},
        [&](const char *shell) { return first.endsWith(shell) || first.contains(shell + QByteArray(" ")); });
}

QByteArray preCommitHook()
{
    return QByteArray("#!/bin/sh") + kHookStep;
}

QByteArray hookStep()
{
    return QByteArray(kHookStep).trimmed() + '\n';
}

QByteArray hookCommand()
{
    return "launch-cockpit secrets --staged --baseline HEAD:.launch-cockpit-baseline.json --no-progress .";
}

QByteArray preCommitConfigStep()
{
    return "  - repo: local\n"
           "    hooks:\n"
           "      - id: launch-cockpit\n"
           "        name: keys and passwords\n"
           "        entry: " +
           hookCommand() +
           "\n"
           "        language: system\n"
           "        pass_filenames: false\n"
           "        always_run: true\n";
}

QByteArray lefthookStep()
{
    return "pre-commit:\n"
           "  commands:\n"
           "    launch-cockpit:\n"
           "      run: " +
           hookCommand() + '\n';
}

QByteArray gitHubWorkflow()
{
    return kWorkflow;
}

QByteArray gitLabJob()
{
    return kJob;
}

} // namespace cockpit
