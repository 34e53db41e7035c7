// What a walk through the history of a repository hands out, read by several threads at once.
#pragma once

#include "checks/secrets/blobwalk.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <thread>

namespace cockpit::test {

struct Seen
{
    QByteArray bytes;
    BlobKind kind;
    QByteArray path;
    int times = 0;
};
using SeenTexts = std::multimap<QByteArray, Seen>; // by id

inline SeenTexts readAll(const BlobWalk &walk, int threads = 3)
{
    SeenTexts seen;
    std::mutex lock;
    const auto read = [&] {
        auto reader = walk.reader();
        if (!reader)
            return;
        while (const auto text = reader->next()) {
            const std::lock_guard held(lock);
            seen.insert({text->id, {text->bytes.toByteArray(), text->kind, text->path}});
        }
    };
    std::vector<std::thread> workers;
    for (int at = 0; at < threads; ++at)
        workers.emplace_back(read);
    for (std::thread &worker : workers)
        worker.join();
    return seen;
}

// How often these bytes came as this kind.
inline qsizetype timesSeen(const SeenTexts &seen, QByteArrayView bytes, BlobKind kind = BlobKind::File)
{
    return std::ranges::count_if(
        seen, [&](const auto &entry) { return entry.second.bytes.contains(bytes) && entry.second.kind == kind; });
}

} // namespace cockpit::test
