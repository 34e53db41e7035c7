// What an address in a built app is to the product.
#pragma once

#include "checks/deploy/calledaddresses.h"
#include "models/target.h"

namespace cockpit::deploy {

enum class AddressKind {
    Own,          // of the product, encrypted
    OwnPlain,     // of the product, over http:// or ws://
    OwnTest,      // of the product, and named for tests: staging, dev, preview
    OwnMachine,   // localhost, 127.0.0.1, the emulator's 10.0.2.2
    OtherNetwork, // private addresses, names that no public DNS has
    Tunnel,       // ngrok and its like: gone when a developer's machine sleeps
    Preview,      // a deployment of one branch at a host
    ProviderTest, // the sandbox of a payment or bank provider
    Library,      // a constant that well-known libraries bring along
    Other,
};

QString toWord(AddressKind kind);

AddressKind kindOf(const CalledAddress &address, const Target &target);

// A deployment under a name of its host: "shop.vercel.app".
bool isOfHosting(const QString &host);

// The live host that belongs to a provider's test host: an app that has both chooses while it runs. Empty: none known.
QString liveHostOf(const QString &testHost);

} // namespace cockpit::deploy
