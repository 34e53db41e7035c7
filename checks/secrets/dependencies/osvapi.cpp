#include "checks/secrets/dependencies/osvapi.h"

#include "checks/net/httpclient.h"
#include "checks/secrets/dependencies/osvpages.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OsvApi)
};

constexpr int kOk = 200;
constexpr int kBadRequest = 400;
constexpr int kTooMany = 429;
constexpr int kServerError = 500;
constexpr qint64 kLargestAnswer = qint64(16) << 20;

// A package that is still to be asked about, from a page on.
struct Query
{
    size_t package = 0;
    QString token;
};
using Question = std::vector<Query>; // sent together

QByteArray bodyOf(const Question &question, const std::vector<Dependency> &packages)
{
    QJsonArray queries;
    for (const Query &query : question) {
        const Dependency &package = packages[query.package];
        QJsonObject object{
            {u"package"_s, QJsonObject{{u"ecosystem"_s, toWord(package.ecosystem)}, {u"name"_s, package.name}}},
            {u"version"_s, package.version}};
        if (!query.token.isEmpty())
            object.insert(u"page_token"_s, query.token);
        queries.append(object);
    }
    return QJsonDocument(QJsonObject{{u"queries"_s, queries}}).toJson(QJsonDocument::Compact);
}

HttpGet listQuestion(const Question &question, const std::vector<Dependency> &packages)
{
    return {.url = QUrl(QLatin1StringView(kOsvApi) + "/querybatch"_L1),
            .method = "POST",
            .headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}},
            .bodyCap = kLargestAnswer,
            .trustedOnly = true,
            .body = bodyOf(question, packages)};
}

HttpGet detailQuestion(const QString &id)
{
    return {.url = QUrl(QLatin1StringView(kOsvApi) + "/vulns/"_L1 + id),
            .headers = {{"Accept", "application/json"}},
            .bodyCap = kLargestAnswer,
            .trustedOnly = true};
}

Error refusal(int status)
{
    if (status == kTooMany)
        return {ErrorKind::NotPermitted, Text::tr("The OSV database asks to wait: too many questions (429). Look again "
                                                  "in some minutes.")};
    if (status >= kServerError)
        return {ErrorKind::Protocol,
                Text::tr("The OSV database answered with the status %1: it has trouble of its own. Look again later.")
                    .arg(status)};
    return {ErrorKind::Protocol, Text::tr("The OSV database answered with the status %1.").arg(status)};
}

// The body of a good answer.
Result<QByteArray> bodyIn(const Result<HttpResponse> &answer)
{
    if (!answer)
        return tl::unexpected(answer.error());
    if (answer->status != kOk)
        return tl::unexpected(refusal(answer->status));
    if (answer->bodyTruncated)
        return failure(ErrorKind::TooLarge,
                       Text::tr("The OSV database answered with more than %1 MB.").arg(kLargestAnswer >> 20));
    return answer->body;
}

bool isSafeId(const QString &id)
{
    static const QRegularExpression form(u"^[A-Za-z0-9][A-Za-z0-9._:-]{2,99}\\z"_s); // it goes into a path
    return form.match(id).hasMatch();
}

class Asking
{
public:
    Asking(Observations &seen, const std::vector<Dependency> &packages) : m_seen(seen), m_packages(packages)
    {
        m_answer.ids.resize(packages.size());
    }

    OsvAnswer run()
    {
        Question question;
        for (size_t i = 0; i < m_packages.size(); ++i) {
            question.push_back({i, {}});
            if (question.size() == kPackagesPerQuestion || i + 1 == m_packages.size())
                m_open.push_back(std::exchange(question, {}));
        }
        while (!m_open.empty() && !m_seen.isOver() && m_questions < kMostQuestions && !m_isHopeless)
            askRound();
        for (const Question &left : m_open)
            giveUp(left,
                   {ErrorKind::TimedOut, Text::tr("There was no time to ask the OSV database about all packages.")});
        std::ranges::sort(m_answer.unasked);
        readDetails();
        return std::move(m_answer);
    }

private:
    void askRound()
    {
        std::vector<Question> round;
        std::vector<HttpGet> gets;
        while (!m_open.empty() && m_questions < kMostQuestions) {
            gets.push_back(listQuestion(m_open.back(), m_packages));
            round.push_back(std::move(m_open.back()));
            m_open.pop_back();
            ++m_questions;
        }
        const auto answers = m_seen.askAll(gets);
        for (size_t i = 0; i < round.size(); ++i)
            take(round[i], *answers[i]);
    }

    void take(const Question &question, const Result<HttpResponse> &answer)
    {
        // One name or version that it does not like spoils the whole list: halves tell which.
        if (answer && answer->status == kBadRequest && question.size() > 1) {
            const auto middle = question.begin() + static_cast<std::ptrdiff_t>(question.size() / 2);
            m_open.emplace_back(question.begin(), middle);
            m_open.emplace_back(middle, question.end());
            return;
        }
        const auto pages =
            bodyIn(answer).and_then([&](const QByteArray &body) { return readOsvPages(body, question.size()); });
        if (!pages) {
            // Nobody there: the other lists will fare no better.
            m_isHopeless = m_isHopeless || !answer;
            giveUp(question, pages.error());
            return;
        }
        Question more;
        for (size_t i = 0; i < question.size(); ++i) {
            m_answer.ids[question[i].package] += (*pages)[i].ids;
            if (!(*pages)[i].nextToken.isEmpty())
                more.push_back({question[i].package, (*pages)[i].nextToken});
        }
        if (!more.empty())
            m_open.push_back(std::move(more));
    }

    void giveUp(const Question &question, const Error &why)
    {
        if (!m_answer.gap)
            m_answer.gap = why;
        for (const Query &query : question)
            m_answer.unasked.push_back(query.package);
    }

    void noteUnread(const QString &id, const Error &why)
    {
        m_answer.unread += id;
        if (!m_answer.gap)
            m_answer.gap = why;
    }

    void readDetails()
    {
        QStringList ids;
        QSet<QString> known;
        for (QStringList &ofPackage : m_answer.ids) {
            ofPackage.removeDuplicates();
            for (const QString &id : ofPackage) {
                if (!known.contains(id))
                    ids += id;
                known.insert(id);
            }
        }
        // Attacks first: of those without details no more is known than that they are there.
        std::ranges::stable_sort(ids, {}, [](const QString &id) { return !id.startsWith("MAL-"_L1); });
        std::vector<HttpGet> gets;
        QStringList asked;
        for (const QString &id : ids) {
            if (!isSafeId(id)) {
                noteUnread(id, {ErrorKind::Protocol,
                                Text::tr("The OSV database named a known hole by an id that cannot be looked up.")});
            } else if (asked.size() < static_cast<qsizetype>(kMostDetails)) {
                asked += id;
                gets.push_back(detailQuestion(id));
            } else {
                noteUnread(id, {ErrorKind::TooLarge,
                                Text::tr("Only %1 of the known holes were read in full.").arg(kMostDetails)});
            }
        }
        const auto answers = m_seen.askAll(gets);
        for (size_t i = 0; i < answers.size(); ++i) {
            auto advisory = bodyIn(*answers[i]).and_then([](const QByteArray &body) { return readAdvisory(body); });
            const QString &id = asked[static_cast<qsizetype>(i)];
            if (!advisory)
                noteUnread(id, advisory.error());
            else
                m_answer.advisories.emplace(id, std::move(*advisory));
        }
    }

    Observations &m_seen;
    const std::vector<Dependency> &m_packages;
    std::vector<Question> m_open;
    int m_questions = 0;
    bool m_isHopeless = false;
    OsvAnswer m_answer;
};

} // namespace

OsvAnswer askOsv(Observations &seen, const std::vector<Dependency> &packages)
{
    return Asking(seen, packages).run();
}

} // namespace cockpit
