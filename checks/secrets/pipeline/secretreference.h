// The secret that a text of a pipeline refers to, or that a command of it prints.
#pragma once

#include <QString>

#include <string_view>

namespace cockpit {

// What the build writes into what browsers load is public by its prefix, and a build argument is the only way there:
// secrets.env-exposure judges those names.
bool isForBrowsers(std::string_view name);

// The name in ${{ secrets.NAME }}, $NAME, ${NAME}, $env:NAME, $(NAME): a part of the text. Empty: none of a secret.
// ${NAME:+word} is the word, and none.
std::string_view secretReferredTo(std::string_view text);

// What the commands show that show their arguments: echo, printf and their like. Empty for any other command.
std::string_view printedBy(std::string_view command);
// The name of a secret among that. In single quotes a shell leaves a $NAME as it is; ${{ }} is none of its own.
std::string_view secretPrintedBy(std::string_view command);

QString latinText(std::string_view text);

} // namespace cockpit
