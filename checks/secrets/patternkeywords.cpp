// The keywords of all rules as one database, and beside it how wide the matches of each rule are: what every start
// needs, whatever it looks at.
#include "checks/secrets/patterngroup.h"
#include "checks/secrets/patternidentity.h"
#include "checks/secrets/patternset.h"

#include <QCoreApplication>

#include <memory>

#include <hs/hs.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakRules)
};

struct FreeError
{
    void operator()(hs_compile_error_t *error) const { hs_free_compile_error(error); }
};

const QString kKeywords = u"keywords"_s;

} // namespace

QByteArray PatternSet::identityOfAll() const
{
    PatternIdentity identity;
    for (const QByteArray &word : m_words)
        identity.add(word);
    for (const LeakRule &rule : m_rules) {
        identity.add(searchedOf(rule));
        identity.add(rule.isCaseless ? QByteArrayView("i") : QByteArrayView());
    }
    return identity.result();
}

Result<void> PatternSet::makeKeywords()
{
    const QByteArray identity = identityOfAll();
    const auto kept = readKept(m_keeping, kKeywords, identity);
    const bool isUsable = kept && kept->widths.size() == static_cast<qsizetype>(m_rules.size()) &&
                          (m_words.empty() || readDatabase(kept->database, m_keywords));
    if (isUsable) {
        takeWidths(kept->widths);
        return {};
    }
    if (auto measured = measure(); !measured)
        return measured;
    if (auto compiled = compileKeywords(); !compiled)
        return compiled;
    QList<quint32> widths;
    for (const Compiled &rule : m_compiled)
        widths.append(rule.width);
    if (const QByteArray bytes = bytesOf(m_keywords); m_words.empty() || !bytes.isEmpty())
        keepCompiled(m_keeping, kKeywords, identity, {bytes, widths});
    return {};
}

void PatternSet::takeWidths(const QList<quint32> &widths)
{
    for (size_t rule = 0; rule < m_compiled.size(); ++rule)
        m_compiled[rule].width = widths[static_cast<qsizetype>(rule)];
}

Result<void> PatternSet::measure()
{
    for (size_t rule = 0; rule < m_rules.size(); ++rule) {
        const auto width = widthOf(m_rules[rule]);
        if (!width)
            return tl::unexpected(width.error());
        m_compiled[rule].width = *width;
    }
    return {};
}

Result<void> PatternSet::compileKeywords()
{
    if (m_words.empty())
        return {};
    std::vector<const char *> words;
    std::vector<size_t> lengths;
    std::vector<unsigned> numbers;
    for (const QByteArray &word : m_words) {
        numbers.push_back(static_cast<unsigned>(words.size()));
        words.push_back(word.constData());
        lengths.push_back(static_cast<size_t>(word.size()));
    }
    const std::vector<unsigned> flags(words.size(), HS_FLAG_CASELESS);
    hs_compile_error_t *error = nullptr;
    if (hs_compile_lit_multi(words.data(), flags.data(), numbers.data(), lengths.data(),
                             static_cast<unsigned>(words.size()), HS_MODE_BLOCK, nullptr, &m_keywords,
                             &error) == HS_SUCCESS)
        return {};
    const std::unique_ptr<hs_compile_error_t, FreeError> freed(error);
    return failure(ErrorKind::BadInput, Text::tr("The keywords of the rules for secrets cannot be searched for."),
                   error ? QString::fromLatin1(error->message) : QString());
}

} // namespace cockpit
