// The secret that a text of a pipeline refers to.
#pragma once

#include <QString>

#include <string_view>

namespace cockpit {

// What the build writes into what browsers load is public by its prefix, and a build argument is the only way there:
// secrets.env-exposure judges those names.
bool isForBrowsers(std::string_view name);

// The name in ${{ secrets.NAME }}, $NAME, ${NAME}, $env:NAME, $(NAME): a part of the text. Empty: none of a secret.
std::string_view secretReferredTo(std::string_view text);

QString latinText(std::string_view text);

} // namespace cockpit
