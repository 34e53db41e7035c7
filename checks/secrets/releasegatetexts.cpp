#include "checks/secrets/releasegatetexts.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr auto kCall = "launch-cockpit audit";

// deploy.regression-suite judges what the others of the same run saw, and so each agreed case stops the release, also
// where the gravest finding is of medium weight. deploy.gate is not among them: whether something waits for this job
// is no matter of the version that it tries, and hosts that release by themselves leave no trace of it.
constexpr auto kCommand =
    "launch-cockpit audit --project \"$PROJECT\" --active --source code=."
    " --only 'access.*,abuse.*,http.https-redirect,tls.reachable,deploy.smoke,deploy.regression-suite'"
    " --format junit --out release-gate.xml --no-progress";

// What nobody could look at stops the release as well (status 3).
constexpr auto kSkipHint = "# It stops, too, when something could not be tried, and says what. Name what your product "
                           "does not have (uploads,\n"
                           "# invitations) in the command: --skip abuse.upload,access.invite\n";

constexpr auto kWhat = "# Tries sign-in, permissions, limits and bad input on the running product.\n";

constexpr auto kWorkflowHead =
    R"(# A job that releases waits for it:
#   jobs:
#     release-gate:
#       uses: ./.github/workflows/release-gate.yml
#       secrets: inherit
#     release:
#       needs: release-gate
name: release-gate
on:
  workflow_call:
  workflow_dispatch:
permissions:
  contents: read
# Two runs at once would count each other's requests as an attack.
concurrency: release-gate
jobs:
  release-gate:
    runs-on: ubuntu-latest
    container: debian:12
    steps:
      - run: apt-get update && apt-get install -y --no-install-recommends ca-certificates curl
      - uses: actions/checkout@v4
      # The address of the package (.deb), as a variable of the repository: Settings, Variables, Actions.
      - run: |
          curl -fsSLo /tmp/launch-cockpit.deb "$PACKAGE"
          apt-get install -y --no-install-recommends /tmp/launch-cockpit.deb
        env:
          PACKAGE: ${{ vars.LAUNCH_COCKPIT_PACKAGE }}
      - run: )";

constexpr auto kWorkflowTail = R"(      - if: always()
        uses: actions/upload-artifact@v4
        with:
          name: release-gate
          path: release-gate.xml
)";

constexpr auto kJobHead =
    R"(# Put it into a stage before the one that releases. The passwords and tokens of the test accounts are variables of
# the project, masked:
)";

constexpr auto kJob = R"(release-gate:
  image: debian:12
  stage: test
  # Two runs at once would count each other's requests as an attack.
  resource_group: release-gate
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  variables:
    PROJECT: product.cockpit
  script:
    - apt-get update && apt-get install -y --no-install-recommends ca-certificates curl
    # The address of the package (.deb), as a variable of the project: Settings, CI/CD, Variables.
    - curl -fsSLo /tmp/launch-cockpit.deb "$LAUNCH_COCKPIT_PACKAGE"
    - apt-get install -y --no-install-recommends /tmp/launch-cockpit.deb
    - )";

constexpr auto kJobTail = R"(  artifacts:
    when: always
    reports:
      junit: release-gate.xml
)";

} // namespace

QByteArray gitHubReleaseGate(const QByteArrayList &secretVariables)
{
    QByteArray environment = "        env:\n"
                             "          # The project file in this repository; there is no secret in it.\n"
                             "          PROJECT: product.cockpit\n";
    for (const QByteArray &name : secretVariables)
        environment += "          " + name + ": ${{ secrets." + name + " }}\n";
    return QByteArray(kWhat) + kSkipHint + kWorkflowHead + kCommand + '\n' + environment + kWorkflowTail;
}

QByteArray gitLabReleaseGate(const QByteArrayList &secretVariables)
{
    QByteArray names;
    for (const QByteArray &name : secretVariables)
        names += "#   " + name + '\n';
    return QByteArray(kWhat) + kSkipHint + kJobHead +
           (names.isEmpty() ? QByteArray("#   LAUNCH_COCKPIT_SECRET_…\n") : names) + kJob + kCommand + '\n' + kJobTail;
}

bool callsAudit(const QByteArray &text)
{
    return std::ranges::any_of(text.split('\n'), [](const QByteArray &line) {
        return line.contains(kCall) && !line.trimmed().startsWith('#');
    });
}

} // namespace cockpit
