#include "models/dkimselectors.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DkimSelectors)
};

// selector = sub-domain *( "." sub-domain ). Underscores are not in that grammar, but in use.
bool isSelector(const QString &name)
{
    constexpr int kLongest = 200; // room for "._domainkey." and a domain in 253 bytes
    static const QRegularExpression grammar(
        uR"(\A[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\z)"_s);
    return name.size() <= kLongest && grammar.match(name).hasMatch();
}

} // namespace

Result<QStringList> parseDkimSelectors(const QString &typed)
{
    static const QRegularExpression separators(u"[,;\\s]+"_s);
    QStringList selectors;
    for (const QString &word : typed.toLower().split(separators, Qt::SkipEmptyParts)) {
        const QString name = word.section("._domainkey"_L1, 0, 0);
        if (!isSelector(name))
            return failure(ErrorKind::BadInput,
                           Text::tr("“%1” is no DKIM selector. A selector is the part before ._domainkey, for example "
                                    "google or s1.")
                               .arg(word.left(80)));
        if (!selectors.contains(name))
            selectors << name;
    }
    return selectors;
}

} // namespace cockpit
