#include "checks/web/denial.h"

#include "checks/web/htmlpage.h"
#include "checks/web/jsonadmission.h"
#include "checks/web/loginaddress.h"
#include "checks/web/similarity.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr double kAlike = 0.9;

QUrl targetOf(const HttpResponse &answer)
{
    return answer.url.resolved(QUrl(QString::fromUtf8(answer.header("location").value_or(QByteArray()))));
}

Admission admissionOfPage(const HttpResponse &answer, const InventedAnswers &baselines)
{
    if (baselines.haveLike(answer))
        return Admission::Shell;
    const auto html = parseHtml(answer.body, answer.url);
    if (!html)
        return Admission::Unclear;
    if (html->hasLoginForm || leadsToLogin(answer.url, html->refresh))
        return Admission::Denied;
    return Admission::Unclear; // a page of its own, without a login: a person has to look
}

} // namespace

QString toWord(Admission value)
{
    switch (value) {
    case Admission::Denied:
        return u"denied"_s;
    case Admission::Allowed:
        return u"allowed"_s;
    case Admission::Empty:
        return u"empty"_s;
    case Admission::Shell:
        return u"shell"_s;
    case Admission::Unclear:
        return u"unclear"_s;
    }
    Q_UNREACHABLE();
}

bool isPage(const HttpResponse &answer)
{
    const QByteArray start = answer.body.left(200).trimmed().toLower();
    return answer.header("content-type").value_or(QByteArray()).toLower().contains("html") ||
           start.startsWith("<!doctype html") || start.startsWith("<html");
}

InventedAnswers::InventedAnswers(std::vector<HttpResponse> answers) : m_answers(std::move(answers))
{
    m_words.reserve(m_answers.size());
    for (const HttpResponse &answer : m_answers)
        m_words.push_back(simHash(answer.body));
}

bool InventedAnswers::haveSame(const HttpResponse &answer) const
{
    return std::ranges::any_of(
        m_answers, [&](const HttpResponse &one) { return one.status == answer.status && one.body == answer.body; });
}

bool InventedAnswers::haveLike(const HttpResponse &answer) const
{
    if (haveSame(answer))
        return true;
    const std::uint64_t words = simHash(answer.body);
    for (size_t i = 0; i < m_answers.size(); ++i) {
        if (m_answers[i].status == answer.status && similarity(words, m_words[i]) >= kAlike)
            return true;
    }
    return false;
}

Admission admissionOf(const HttpResponse &answer, const InventedAnswers &baselines)
{
    if (answer.status == 401 || answer.status == 403)
        return Admission::Denied;
    if (answer.status >= 300 && answer.status < 400)
        return leadsToLogin(answer.url, targetOf(answer)) ? Admission::Denied : Admission::Unclear;
    if (answer.status == 204)
        return Admission::Empty;
    if (answer.status < 200 || answer.status >= 300)
        return Admission::Unclear;
    if (const auto json = admissionOfJson(answer, baselines))
        return *json;
    if (isPage(answer))
        return admissionOfPage(answer, baselines);
    // A document of another kind (CSV, PDF): it was handed out, unless any address gets the same.
    if (baselines.haveSame(answer))
        return Admission::Shell;
    return answer.body.isEmpty() ? Admission::Empty : Admission::Allowed;
}

bool isNotThere(const HttpResponse &answer, const InventedAnswers &baselines)
{
    const bool isSuccess = answer.status >= 200 && answer.status < 300;
    return answer.status == 404 || answer.status == 410 || (isSuccess && baselines.haveLike(answer));
}

} // namespace cockpit
