// Switches of features in code for browsers.
#pragma once

#include <QString>

#include <functional>
#include <string_view>

namespace cockpit {

using OnFlag = std::function<void(const QString &name, bool isOn)>;

// Of objects that are called so (featureFlags:{newCheckout:!1}, "feature_flags":{"beta":true}) those with yes or no,
// and build-time variables for browsers (VITE_FEATURE_X:"false", NEXT_PUBLIC_ENABLE_X:"1"). A name may come more than
// once. Linear in the text.
void findFeatureFlags(std::string_view text, const OnFlag &onFlag);

} // namespace cockpit
