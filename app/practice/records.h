// The DNS records of the practice company, faults included, in presentation form.
#pragma once

#include <QStringList>

namespace cockpit {

QStringList practiceRecords();

} // namespace cockpit
