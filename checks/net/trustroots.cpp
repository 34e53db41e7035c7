#include "checks/net/trustroots.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <openssl/err.h>

#include <array>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TrustRoots)
};

// Of the package ca-certificates, in Debian and its descendants.
const QString kMozillaFolder = QStringLiteral("/usr/share/ca-certificates/mozilla");

} // namespace

QString takeOpenSslError()
{
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    if (code == 0)
        return {};
    std::array<char, 256> words{};
    ERR_error_string_n(code, words.data(), words.size());
    return QString::fromLatin1(words.data());
}

Result<X509StorePtr> loadTrustRoots(const QString &caFile)
{
    X509StorePtr store(X509_STORE_new());
    X509_STORE_set_default_paths(store.get());
    if (!caFile.isEmpty() && X509_STORE_load_file(store.get(), QFile::encodeName(caFile).constData()) != 1) {
        return failure(ErrorKind::BadInput,
                       Text::tr("The file with trusted certificates, %1, could not be read as PEM.").arg(caFile),
                       takeOpenSslError());
    }
    ERR_clear_error();
    return store;
}

Result<std::shared_ptr<X509_STORE>> probe(const TrustRoots &question, ProbeContext &)
{
    return loadTrustRoots(question.caFile).map([](X509StorePtr store) {
        return std::shared_ptr<X509_STORE>(std::move(store));
    });
}

X509StorePtr rootsIn(const QString &folder)
{
    X509StorePtr store(X509_STORE_new());
    bool isAnyRead = false;
    const QDir files(folder);
    for (const QString &name : files.entryList({QStringLiteral("*.crt")}, QDir::Files))
        isAnyRead |= X509_STORE_load_file(store.get(), QFile::encodeName(files.filePath(name)).constData()) == 1;
    ERR_clear_error();
    return isAnyRead ? std::move(store) : nullptr;
}

Result<std::shared_ptr<X509_STORE>> probe(const PublicRoots &, ProbeContext &)
{
    return std::shared_ptr<X509_STORE>(rootsIn(kMozillaFolder));
}

} // namespace cockpit
