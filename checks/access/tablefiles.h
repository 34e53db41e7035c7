// The shapes of tables in the folders of the product's code (tableshapes.h).
#pragma once

#include "checks/access/tableshapes.h"
#include "checks/engine/probe.h"
#include "models/localsource.h"

namespace cockpit::access {

struct TableFiles
{
    std::vector<TableShape> shapes; // each table once, kMostShapes at most
};

// Sources of the kind Code: TypeScript, Prisma, and SQL (migrations, in the order of
// their paths). Tests, examples and other people's code are passed over.
struct ReadTableFiles
{
    using Answer = TableFiles;

    std::vector<LocalSource> sources;

    QString key() const;
};

// What cannot be read is left out: names that stand elsewhere are asked for all the same. An Error: stopped, out of
// time, or nothing that was named could be read.
Result<TableFiles> probe(const ReadTableFiles &question, ProbeContext &context);

} // namespace cockpit::access
