// Every option of the command line: its name, where it is allowed, and what it sets. Adding an option is one row.
#pragma once

#include "app/cli/options.h"
#include "models/result.h"

#include <functional>
#include <span>

namespace cockpit {

enum class OptionValue {
    None,
    Required,
    MayBeEmpty, // an empty value says something: mail without a sender
};

struct OptionRow
{
    QString name; // "--resolver"
    OptionValue value = OptionValue::Required;
    std::vector<Command> commands;
    std::function<Result<void>(Options &options, const QString &value)> apply;
};

std::span<const OptionRow> optionTable();

struct CommandRow
{
    QString word;
    Command command;
};

std::span<const CommandRow> commandTable();

} // namespace cockpit
