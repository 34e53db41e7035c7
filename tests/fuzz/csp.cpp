// Content-Security-Policy, read as browsers do and as the MDN Observatory does.
#include "fuzz/fuzz.h"

#include "checks/http/csppolicy.h"
#include "checks/http/mdncsp.h"

using namespace cockpit;

namespace {

void check(const std::vector<CspPolicy> &policies)
{
    const CspBypassHosts known{{"unpkg.com", "www.google.com"}, {"cloudfront.net"}};
    for (const CspPolicy &policy : policies) {
        for (const QByteArray &name : policy.duplicates)
            promise(policy.directives.contains(name) || policy.ignored.contains(name), "what came twice came once");
        for (auto it = policy.directives.begin(); it != policy.directives.end(); ++it)
            promise(!it.key().isEmpty() && it.key() == it.key().toLower(), "names are in lower case");
    }
    promise(!policies.empty() || waysToInjectScript(policies).isEmpty(), "nothing is said about no policy");
    promise(!policies.empty() || weakParts(policies, known).isEmpty(), "no policy has no weak parts");
    weakParts(policies, known);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray text = inputOf(bytes, size);
    const QByteArrayList lines = text.split('\n');
    const std::vector<CspPolicy> policies = parseCsp(lines);
    for (const CspPolicy &policy : policies)
        promise(!policy.directives.isEmpty(), "a policy has a directive");
    check(policies);
    check(parseMetaCsp(lines));
    MdnCspFacts facts;
    for (const QByteArray &line : lines)
        facts.headers.append(QString::fromLatin1(line));
    const MdnCspVerdict verdict = judgeMdnCsp(facts);
    promise(verdict.outcome <= MdnOutcome::CspDuplicateDirectives, "a policy gets an outcome of its own test");
    return 0;
}
