#include "checks/secrets/sharing.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretsSharing)
};

// How the usual keys of AI-built products begin, and what stands beside a password that somebody pastes. No longer than
// that: most searches find whole words and their beginnings.
constexpr std::array kWords{
    "sk_live_"_L1,     "rk_live_"_L1,   "whsec_"_L1,   "sk-proj-"_L1,    "sk-ant-"_L1,        "sb_secret_"_L1,
    "service_role"_L1, "eyJhbGciOi"_L1, "AKIA"_L1,     "AIza"_L1,        "ghp_"_L1,           "github_pat_"_L1,
    "glpat-"_L1,       "xoxb-"_L1,      "SG."_L1,      "postgres://"_L1, "mongodb+srv://"_L1, "BEGIN PRIVATE KEY"_L1,
    "api_key"_L1,      "secret_key"_L1, "password"_L1, ".env"_L1};

constexpr std::size_t kMostNames = 40;

QStringList searchWords(const std::vector<SecretEntry> &entries)
{
    QStringList words;
    for (const SecretEntry &entry : entries) {
        // A setting is pasted with its name; what people call a key is not.
        const bool isSetting = entry.name.contains(u'_') && !entry.name.contains(u' ');
        if (isSetting && words.size() < static_cast<qsizetype>(kMostNames))
            words << entry.name;
    }
    for (const QLatin1StringView word : kWords)
        words << word;
    words.removeDuplicates();
    return words;
}

} // namespace

Judged judgeSecretsSharing(const ProjectFacts &facts)
{
    const QStringList words = searchWords(facts.secrets);
    Judged judged =
        notRun(Text::tr("Only your team can search its chats, mails, tickets and documents. Search them for "
                        "the words below, and then answer here."));
    judged.observed = {{u"search_words"_s, QJsonArray::fromStringList(words)}};
    judged.evidence = {{Text::tr("What to search for"), words.join(u'\n')}};
    return judged;
}

Check secretsSharingCheck()
{
    return {.id = u"secrets.sharing"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {},
            .look = [](const Look &look) { return judgeSecretsSharing(look.facts); }};
}

} // namespace cockpit
