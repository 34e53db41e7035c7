// JSON, YAML and TOML as a flat list of what stands in them. The libraries for these formats keep copies of the values
// that nobody overwrites; settings are secrets, and need only the plain part of each format.
//
// Of YAML: block and flow collections, all styles of scalars, comments, documents, anchors, aliases and "<<". Not: keys
// that are collections, plain scalars over several lines. What cannot be read is passed over, never an error.
#pragma once

#include "checks/secrets/settings/rawsetting.h"

#include <string>
#include <string_view>
#include <vector>

namespace cockpit::env {

enum class LeafKind {
    Text, // strings, numbers and the like, as they are written
    Null,
    Reference, // of a tag that names another place ("!Ref", "!vault")
};

struct Leaf
{
    std::vector<std::string> path; // keys; items of a list as "#0"; of YAML the first is the number of the document
    WipedBytes value;
    int line = 0;
    LeafKind kind = LeafKind::Text;
};

struct Leaves
{
    std::vector<Leaf> leaves;
    bool isCut = false; // more than kMostLeaves, or nested too deeply

    static constexpr size_t kMostLeaves = 20'000;
    static constexpr size_t kDeepest = 60;
};

// Also reads JSON with comments and commas too many. The path begins with "0", as YAML's.
Leaves jsonLeaves(std::string_view text);
Leaves yamlLeaves(std::string_view text);
Leaves tomlLeaves(std::string_view text);

// Internal: without blanks at both ends; a key without its quotes.
std::string_view withoutBlanks(std::string_view text);
std::string keyOfText(std::string_view key);
enum class Quotes { OfYaml, OfToml }; // TOML: three single ones begin a text of several lines
// Internal: a flow collection or a scalar of YAML that begins at text[at], appended below the path. Returns where it
// ends. line: of its beginning.
size_t readFlow(std::string_view text, size_t at, int line, std::vector<std::string> &path, Leaves &into,
                Quotes quotes = Quotes::OfYaml);

} // namespace cockpit::env
