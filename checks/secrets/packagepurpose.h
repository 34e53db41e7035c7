// What well-known packages are for, where a hole in them hurts most (resources/rules/package-purposes.json).
#pragma once

#include "checks/secrets/dependencies/dependency.h"
#include "models/result.h"

#include <QByteArray>
#include <QHash>

namespace cockpit {

enum class PackagePurpose { SignIn, Upload, Pdf, Payment, Mail }; // in the order in which they are repaired
QString toWord(PackagePurpose value);                             // "sign_in"
QString labelOf(PackagePurpose value);                            // "signs people in"

// By packageKey(). A package has one purpose.
using PackagePurposes = QHash<QString, PackagePurpose>;
// BadInput names the place that is not right.
[[nodiscard]] Result<PackagePurposes> parsePackagePurposes(const QByteArray &json);
// Those that come with the program. Any thread.
[[nodiscard]] Result<PackagePurposes> loadPackagePurposes();

} // namespace cockpit
