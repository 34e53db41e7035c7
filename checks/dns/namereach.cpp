#include "checks/dns/namereach.h"

#include "checks/http/corsquestions.h"
#include "checks/http/corsreflection.h"
#include "checks/web/address.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dangling)
};

} // namespace

QStringList NameReach::reasonsAt(const QString &name) const
{
    QStringList reasons;
    if (setsWideCookies)
        reasons << Text::tr("Your site sets cookies for all names below it, so they would be sent there, too.");
    if (!openApi.isEmpty())
        reasons << Text::tr("%1 lets every name below your domain call it as the customer who is signed in, so that "
                            "one could, too.")
                       .arg(openApi);
    if (signInReturns.contains(name))
        reasons << Text::tr("A sign-in of yours sends people back to that very name, with what opens their account.");
    return reasons;
}

QString apiOpenToSubdomains(const Look &look)
{
    const Host *api = apiHost(look.target);
    if (!api)
        return {};
    const Look there{.seen = look.seen,
                     .target = look.target,
                     .host = api,
                     .policy = look.policy,
                     .facts = look.facts,
                     .startedAt = look.startedAt};
    const TestOrigin origin = subdomainOrigin(there);
    const std::vector<QUrl> urls = corsAddresses(there);
    std::vector<HttpGet> questions;
    questions.reserve(urls.size());
    for (const QUrl &url : urls)
        questions.push_back(corsQuestion(url, origin));
    const auto answers = look.seen.askAll(questions);
    for (size_t i = 0; i < answers.size(); ++i) {
        if (!*answers[i])
            continue;
        const CorsAnswer answer{origin, **answers[i]};
        if (allowsAsked(answer) && allowsCredentials(answer.response))
            return urls[i].toDisplayString();
    }
    return {};
}

} // namespace cockpit
