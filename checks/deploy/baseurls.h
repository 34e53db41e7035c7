// deploy.base-urls: the built app calls the production addresses and no others.
// observed: "addresses": [{"origin","kind": own|own_plain|own_test|own_machine|other_network|tunnel|preview|
// provider_test,"use": call|literal|fallback|binary,"file","line"|null,"places"}]; "files": how many were read.
#pragma once

#include "checks/deploy/builtaddresses.h"
#include "checks/engine/check.h"

namespace cockpit {

Check baseUrlsCheck();
Judged judgeBaseUrls(const deploy::BuiltAddresses &read);

} // namespace cockpit
