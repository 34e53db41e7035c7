#include "checks/secrets/unsearched.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TextScanner)
};

} // namespace

QString unsearchedSentence(const QString &name, const Error &why)
{
    return Text::tr("%1 was not searched for secrets to its end: %2").arg(name, why.message);
}

} // namespace cockpit
