#include "app/datafolder.h"

#include <QStandardPaths>

namespace cockpit {

QString dataFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
}

} // namespace cockpit
