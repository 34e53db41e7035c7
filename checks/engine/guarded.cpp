#include "checks/engine/guarded.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Guarded)
};

} // namespace

Error brokeDown(const char *what)
{
    return {ErrorKind::Protocol, Text::tr("This broke down inside the program. Please report it."),
            QString::fromUtf8(what)};
}

} // namespace cockpit
