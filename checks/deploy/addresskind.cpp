#include "checks/deploy/addresskind.h"

#include "models/hostname.h"
#include "models/ipnetwork.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>

namespace cockpit::deploy {

using namespace Qt::StringLiterals;

namespace {

struct LibraryConstant
{
    int port = 0;
    QLatin1StringView path;
};
// On the reader's own machine.
constexpr std::array kLibraryConstants{
    LibraryConstant{9999, ""_L1},        // supabase-js, auth-js: what the address is unless one is given
    LibraryConstant{8097, ""_L1},        // react-devtools
    LibraryConstant{8969, "/stream"_L1}, // Sentry's Spotlight
    LibraryConstant{8545, ""_L1},        // ethers, web3: a node on this machine
    LibraryConstant{8546, ""_L1},        LibraryConstant{4317, ""_L1},              // OpenTelemetry
    LibraryConstant{4318, ""_L1},        LibraryConstant{9411, "/api/v2/spans"_L1}, // Zipkin
    LibraryConstant{14268, ""_L1},                                                  // Jaeger
    LibraryConstant{11434, ""_L1},                                                  // Ollama
    LibraryConstant{9222, ""_L1},                                                   // Chrome's own
    LibraryConstant{9229, ""_L1},                                                   // Node's debugger
    LibraryConstant{19000, ""_L1},                                                  // Expo's tools
    LibraryConstant{19001, ""_L1},       LibraryConstant{19002, ""_L1},
};

constexpr std::array kTunnels{".ngrok.io"_L1,
                              ".ngrok-free.app"_L1,
                              ".ngrok.app"_L1,
                              ".ngrok.dev"_L1,
                              ".ngrok-free.dev"_L1,
                              ".trycloudflare.com"_L1,
                              ".loca.lt"_L1,
                              ".localtunnel.me"_L1,
                              ".serveo.net"_L1,
                              ".lhr.life"_L1,
                              ".devtunnels.ms"_L1,
                              ".gitpod.io"_L1,
                              ".app.github.dev"_L1,
                              ".csb.app"_L1,
                              ".webcontainer.io"_L1,
                              ".replit.dev"_L1,
                              ".exp.direct"_L1,
                              ".pinggy.link"_L1,
                              ".localhost.run"_L1,
                              ".tunnelmole.net"_L1,
                              ".lovableproject.com"_L1,
                              ".githubpreview.dev"_L1,
                              ".webcontainer-api.io"_L1};

constexpr std::array kHosting{".vercel.app"_L1,
                              ".netlify.app"_L1,
                              ".onrender.com"_L1,
                              ".up.railway.app"_L1,
                              ".fly.dev"_L1,
                              ".herokuapp.com"_L1,
                              ".web.app"_L1,
                              ".firebaseapp.com"_L1,
                              ".pages.dev"_L1,
                              ".workers.dev"_L1,
                              ".lovable.app"_L1,
                              ".run.app"_L1,
                              ".replit.app"_L1,
                              ".amplifyapp.com"_L1,
                              ".azurewebsites.net"_L1,
                              ".azurestaticapps.net"_L1,
                              ".ondigitalocean.app"_L1,
                              ".deno.dev"_L1,
                              ".surge.sh"_L1};

struct TestHost
{
    QLatin1StringView test;
    QLatin1StringView live;
};
constexpr std::array kTestHosts{
    TestHost{"api.sandbox.paypal.com"_L1, "api.paypal.com"_L1},
    TestHost{"api-m.sandbox.paypal.com"_L1, "api-m.paypal.com"_L1},
    TestHost{"www.sandbox.paypal.com"_L1, "www.paypal.com"_L1},
    TestHost{"api.sandbox.braintreegateway.com"_L1, "api.braintreegateway.com"_L1},
    TestHost{"payments.sandbox.braintree-api.com"_L1, "payments.braintree-api.com"_L1},
    TestHost{"sandbox.plaid.com"_L1, "production.plaid.com"_L1},
    TestHost{"development.plaid.com"_L1, "production.plaid.com"_L1},
    TestHost{"connect.squareupsandbox.com"_L1, "connect.squareup.com"_L1},
    TestHost{"sandbox.web.squarecdn.com"_L1, "web.squarecdn.com"_L1},
    TestHost{"apitest.authorize.net"_L1, "api.authorize.net"_L1},
    TestHost{"jstest.authorize.net"_L1, "js.authorize.net"_L1},
    TestHost{"checkout-test.adyen.com"_L1, "checkout-live.adyen.com"_L1},
    TestHost{"checkoutshopper-test.adyen.com"_L1, "checkoutshopper-live.adyen.com"_L1},
    TestHost{"sandbox-api.paddle.com"_L1, "api.paddle.com"_L1},
    TestHost{"sandbox-buy.paddle.com"_L1, "buy.paddle.com"_L1},
    TestHost{"api.sandbox.checkout.com"_L1, "api.checkout.com"_L1},
    TestHost{"api.playground.klarna.com"_L1, "api.klarna.com"_L1},
    TestHost{"api-sandbox.dwolla.com"_L1, "api.dwolla.com"_L1},
    TestHost{"api.sandbox.transferwise.tech"_L1, "api.transferwise.com"_L1},
    TestHost{"sandbox-quickbooks.api.intuit.com"_L1, "quickbooks.api.intuit.com"_L1},
    TestHost{"sandbox.itunes.apple.com"_L1, "buy.itunes.apple.com"_L1},
    TestHost{"api-sandbox.gocardless.com"_L1, "api.gocardless.com"_L1},
    TestHost{"api-uat.unit.co"_L1, "api.unit.co"_L1},
    TestHost{"api.s.unit.sh"_L1, "api.s.unit.co"_L1},
    TestHost{"account-d.docusign.com"_L1, "account.docusign.com"_L1},
    TestHost{"demo.docusign.net"_L1, "www.docusign.net"_L1},
    TestHost{"api.sandbox.mollie.com"_L1, "api.mollie.com"_L1},
    TestHost{"sandbox-api.polar.sh"_L1, "api.polar.sh"_L1},
    TestHost{"test.ipg-online.com"_L1, "www.ipg-online.com"_L1},
    TestHost{"sandbox.api.mastercard.com"_L1, "api.mastercard.com"_L1},
    TestHost{"sandbox.dlocal.com"_L1, "api.dlocal.com"_L1},
};

template<size_t N>
bool endsWithOne(const QString &host, const std::array<QLatin1StringView, N> &ends)
{
    return std::ranges::any_of(ends, [&](QLatin1StringView end) { return host.endsWith(end); });
}

// "api-staging", "dev.app", "preview2": a word of its own in a label.
bool saysTest(const QString &labels)
{
    static const QRegularExpression word(
        u"(?:^|[.-])(?:staging|stage|stg|dev|develop|development|test|testing|preview|preprod|qa|uat|sandbox|local|"
        u"demo-test)\\d{0,3}(?:$|[.-])"_s);
    return word.match(labels).hasMatch();
}

bool isPreviewName(const QString &host)
{
    static const QRegularExpression deployment(u"^(?:"
                                               u".+-git-.+\\.vercel\\.app|"                 // a branch
                                               u".+-[a-z0-9]{9}-[a-z0-9-]+\\.vercel\\.app|" // one deployment
                                               u"(?:deploy-preview-\\d+|[a-z0-9.-]+)--.+\\.netlify\\.app|"
                                               u"[0-9a-f]{8}\\.[a-z0-9-]+\\.pages\\.dev|"
                                               u".+-pr-\\d+\\..+|.+--pr\\d+.*\\.(?:web\\.app|run\\.app)|"
                                               u"(?:id-)?preview--.+\\.lovable\\.app"
                                               u")$"_s);
    return deployment.match(host).hasMatch();
}

AddressKind kindOfMachine(const CalledAddress &address)
{
    // What libraries take for the page's own address where there is no page (axios, URL polyfills).
    const bool isBare = address.port == 0 && address.path.size() <= 1;
    const bool isLibrary =
        (isBare && address.use != Use::Call) || std::ranges::any_of(kLibraryConstants, [&](const LibraryConstant &one) {
            return one.port == address.port && (one.path.isEmpty() || address.path.startsWith(one.path));
        });
    // NextAuth, where nobody set its address.
    const bool isNextAuth = address.port == 3000 && address.path == "/api/auth"_L1;
    // React Native's own server for developers.
    const bool isMetro = address.port == 8081 && address.path.size() <= 1 && address.use == Use::Binary;
    return isLibrary || isNextAuth || isMetro ? AddressKind::Library : AddressKind::OwnMachine;
}

bool isOfOtherNetwork(const QString &host)
{
    constexpr std::array names{".local"_L1, ".internal"_L1,    ".lan"_L1, ".home.arpa"_L1,
                               ".test"_L1,  ".localdomain"_L1, ".corp"_L1};
    if (endsWithOne(host, names))
        return true;
    const auto number = parseIpNetwork(host);
    constexpr std::array networks{"10.0.0.0/8"_L1,     "172.16.0.0/12"_L1, "192.168.0.0/16"_L1,
                                  "169.254.0.0/16"_L1, "fc00::/7"_L1,      "fe80::/10"_L1};
    return number && std::ranges::any_of(networks, [&](QLatin1StringView network) {
               return parseIpNetwork(network)->contains(*number);
           });
}

bool isPlain(const QString &scheme)
{
    return scheme == "http"_L1 || scheme == "ws"_L1;
}

} // namespace

QString liveHostOf(const QString &testHost)
{
    const auto known = std::ranges::find_if(kTestHosts, [&](const TestHost &one) { return testHost == one.test; });
    return known == kTestHosts.end() ? QString() : QString(known->live);
}

bool isOfHosting(const QString &host)
{
    return endsWithOne(host, kHosting);
}

QString toWord(AddressKind kind)
{
    switch (kind) {
    case AddressKind::Own:
        return u"own"_s;
    case AddressKind::OwnPlain:
        return u"own_plain"_s;
    case AddressKind::OwnTest:
        return u"own_test"_s;
    case AddressKind::OwnMachine:
        return u"own_machine"_s;
    case AddressKind::OtherNetwork:
        return u"other_network"_s;
    case AddressKind::Tunnel:
        return u"tunnel"_s;
    case AddressKind::Preview:
        return u"preview"_s;
    case AddressKind::ProviderTest:
        return u"provider_test"_s;
    case AddressKind::Library:
        return u"library"_s;
    case AddressKind::Other:
        return u"other"_s;
    }
    Q_UNREACHABLE();
}

AddressKind kindOf(const CalledAddress &address, const Target &target)
{
    const QString &host = address.host;
    const bool isNamed = std::ranges::any_of(target.hosts, [&](const Host &one) { return one.name == host; });
    if (isNamed)
        return isPlain(address.scheme) ? AddressKind::OwnPlain : AddressKind::Own;
    if (hostname::isLoopback(host) || host == "0.0.0.0"_L1 || host == "10.0.2.2"_L1 || host == "10.0.3.2"_L1 ||
        host == "host.docker.internal"_L1 || host.startsWith("127."_L1))
        return kindOfMachine(address);
    if (!target.domain.isEmpty() && isWithin(host, target.domain)) {
        if (saysTest(host.chopped(target.domain.size())))
            return AddressKind::OwnTest;
        return isPlain(address.scheme) ? AddressKind::OwnPlain : AddressKind::Own;
    }
    if (isOfOtherNetwork(host))
        return AddressKind::OtherNetwork;
    if (endsWithOne(host, kTunnels))
        return AddressKind::Tunnel;
    if (endsWithOne(host, kHosting) && (isPreviewName(host) || saysTest(host.section(u'.', 0, -3))))
        return AddressKind::Preview;
    return liveHostOf(host).isEmpty() ? AddressKind::Other : AddressKind::ProviderTest;
}

} // namespace cockpit::deploy
