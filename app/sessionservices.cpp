#include "app/sessionservices.h"

#include "app/datafolder.h"
#include "checks/secrets/fingerprintkey.h"
#include "checks/secrets/guardfiles.h"
#include "checks/secrets/keytest.h"

namespace cockpit {

SessionServices sessionServices(const Composition &composition, const NetOptions &net, CredentialStore &credentials)
{
    return {.run = composition.runServices(),
            .net = net,
            .roadmaps = composition.roadmaps,
            .credentials = &credentials,
            .takeSample = composition.takeSample,
            .records = composition.records,
            .readMessage = composition.readMessage,
            .sendMessage = composition.sendMessage,
            .testToken = composition.testToken,
            .signInToMail = composition.signInToMail,
            .guards = guardServices(),
            .testKey = keyTester([] { return fingerprintKeyIn(dataFolder()).bytes; }),
            .lookForControl = composition.lookForControl,
            .tryActor = composition.tryActor,
            .removeLeft = composition.removeLeft,
            .machineKey = composition.machineKey,
            .language = composition.language,
            .toolVersion = composition.toolVersion};
}

} // namespace cockpit
