// A program run to its end, without QProcess: ThreadSanitizer of clang 14 cannot follow its clone(), and tests of what
// runs in threads need git.
#pragma once

#include <QFile>
#include <QStringList>
#include <QTemporaryFile>

#include <vector>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cockpit::lab {

struct Spawned
{
    int status = -1; // as waitpid() says; -1: it did not start
    QByteArray out;
    QByteArray errors;
};

// program: a name in PATH. environment: "NAME=value", all of it. folder: where it starts. Waits without end.
inline Spawned spawned(const QStringList &command, const QString &folder, const QStringList &environment,
                       const QByteArray &input = {})
{
    QTemporaryFile in;
    QTemporaryFile out;
    QTemporaryFile errors;
    if (!in.open() || !out.open() || !errors.open() || in.write(input) != input.size() || !in.seek(0))
        return {};
    const auto encoded = [](const QStringList &texts) {
        std::vector<QByteArray> bytes;
        for (const QString &text : texts)
            bytes.push_back(QFile::encodeName(text));
        return bytes;
    };
    const auto pointersTo = [](std::vector<QByteArray> &texts) {
        std::vector<char *> pointers;
        for (QByteArray &text : texts)
            pointers.push_back(text.data());
        pointers.push_back(nullptr);
        return pointers;
    };
    std::vector<QByteArray> words = encoded(command);
    std::vector<QByteArray> settings = encoded(environment);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, QFile::encodeName(folder).constData());
    posix_spawn_file_actions_adddup2(&actions, in.handle(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out.handle(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, errors.handle(), STDERR_FILENO);
    Spawned ran;
    pid_t child = 0;
    const bool isStarted = posix_spawnp(&child, words.front().constData(), &actions, nullptr, pointersTo(words).data(),
                                        pointersTo(settings).data()) == 0;
    posix_spawn_file_actions_destroy(&actions);
    if (!isStarted || ::waitpid(child, &ran.status, 0) != child)
        return {};
    // The program wrote through the same open files: read from their beginning.
    out.seek(0);
    errors.seek(0);
    ran.out = out.readAll();
    ran.errors = errors.readAll();
    return ran;
}

} // namespace cockpit::lab
