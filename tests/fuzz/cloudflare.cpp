// Cloudflare's answers and the expressions in its rules: the input is once the body of an answer, and once an
// expression.
#include "fuzz/fuzz.h"

#include "checks/edge/cloudflareapi.h"
#include "checks/edge/rulescope.h"

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

void readBody(const QByteArray &body)
{
    static const Secret token("Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY");
    for (const int status : {200, 403, 429, 503}) {
        HttpResponse response;
        response.status = status;
        response.headers = {{"Retry-After", body.left(12)}};
        response.body = body;
        const CloudflareReply reply = readCloudflareReply(response, token);
        promise(status == 200 || !reply.isOk(), "only a 200 is good");
        promise(reply.page >= 1 && reply.totalPages >= 1, "pages are counted from one");
        promise(!reply.retryAfter || *reply.retryAfter >= 0, "nobody waits backwards");
        promise(!toWord(reply.answer).isEmpty(), "each answer has its word");
        for (const QString &words : reply.words)
            promise(!words.contains(QString::fromLatin1(token.reveal())), "the token is in no text");
    }
}

void readRule(const QByteArray &text)
{
    const RuleExpression expression = readExpression(text);
    for (const Comparison &one : expression.comparisons)
        promise(!one.field.isEmpty(), "a comparison has a field");
    promise(expression.branches.size() <= 64, "it branches out so far and no further");
    promise(!expression.isTooMuch || expression.branches.empty(), "what branches out too far is not half known");
    for (const RuleBranch &branch : expression.branches) {
        promise(branch.empty() || !expression.comparisons.empty(), "branches are made of comparisons");
        promise(!branch.empty() || isAboutEverybody(expression), "without a condition it is about everybody");
        promise(hostsIn(branch).isEmpty() || !branch.empty(), "hosts come from comparisons");
        pathsIn(branch);
    }
    promise(!isAboutEverybody(expression) || isAboutEverything(expression), "everybody asks for everything");
    promise(!expression.branches.empty() || !isAboutEverything(expression), "nothing is not everything");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray input = inputOf(bytes, std::min<std::size_t>(size, 20000));
    readBody(input);
    readRule(input);
    return 0;
}
