#include "app/practice/http2connection.h"

#include "checks/engine/canceltoken.h"

#include <nghttp2/nghttp2.h>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace cockpit {

namespace {

constexpr int kMostStreams = 100; // at once; what RFC 9113 section 6.5.2 calls a sensible least
constexpr qsizetype kMostBody = 16LL * 1024 * 1024;

QByteArray peerOf(int socket)
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    std::array<char, INET_ADDRSTRLEN> text{};
    if (getpeername(socket, reinterpret_cast<sockaddr *>(&address), &size) != 0 || address.sin_family != AF_INET)
        return {};
    return inet_ntop(AF_INET, &address.sin_addr, text.data(), text.size());
}

nghttp2_nv fieldOf(const QByteArray &name, const QByteArray &value)
{
    // The library copies both and changes neither.
    return {.name = reinterpret_cast<uint8_t *>(const_cast<char *>(name.constData())),
            .value = reinterpret_cast<uint8_t *>(const_cast<char *>(value.constData())),
            .namelen = static_cast<size_t>(name.size()),
            .valuelen = static_cast<size_t>(value.size()),
            .flags = NGHTTP2_NV_FLAG_NONE};
}

QByteArray bytesOf(const uint8_t *data, size_t size)
{
    return {reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)};
}

// Names are in lower case (RFC 9113 section 8.2); what is about the connection has no place (8.2.2).
std::vector<std::pair<QByteArray, QByteArray>> fieldsOf(const PageReply &reply)
{
    std::vector<std::pair<QByteArray, QByteArray>> fields{{":status", QByteArray::number(reply.status)}};
    for (const auto &[name, value] : reply.headers) {
        const QByteArray lower = name.toLower();
        if (lower != "connection" && lower != "keep-alive" && lower != "transfer-encoding")
            fields.emplace_back(lower, value);
    }
    if (!reply.contentType.isEmpty())
        fields.emplace_back("content-type", reply.contentType);
    fields.emplace_back("content-length", QByteArray::number(reply.body.size()));
    return fields;
}

void place(PageRequest &request, const QByteArray &name, const QByteArray &value)
{
    if (name == ":method")
        request.method = value;
    else if (name == ":path")
        request.target = value;
    else if (name == ":authority")
        request.authority = value;
    else if (!name.startsWith(':'))
        request.headers[name] = value;
}

} // namespace

struct Http2Connection::Callbacks
{
    static Http2Connection &self(void *user) { return *static_cast<Http2Connection *>(user); }

    static int onHeader(nghttp2_session *, const nghttp2_frame *frame, const uint8_t *name, size_t nameSize,
                        const uint8_t *value, size_t valueSize, uint8_t, void *user)
    {
        place(self(user).streamOf(frame->hd.stream_id).request, bytesOf(name, nameSize), bytesOf(value, valueSize));
        return 0;
    }

    static int onData(nghttp2_session *, uint8_t, int32_t stream, const uint8_t *data, size_t size, void *user)
    {
        QByteArray &body = self(user).streamOf(stream).request.body;
        if (body.size() + static_cast<qsizetype>(size) <= kMostBody) // the rest is lost, and too much anyway
            body += bytesOf(data, size);
        return 0;
    }

    // The whole question is there.
    static int onFrame(nghttp2_session *, const nghttp2_frame *frame, void *user)
    {
        const bool isQuestion = frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA;
        if (isQuestion && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM)) {
            self(user).streamOf(frame->hd.stream_id).isWhole = true;
            self(user).m_due.emplace(self(user).m_times.now() + self(user).m_times.delay, frame->hd.stream_id);
        }
        return 0;
    }

    static int onClose(nghttp2_session *, int32_t stream, uint32_t, void *user)
    {
        std::erase_if(self(user).m_due, [&](const auto &due) { return due.second == stream; });
        self(user).m_streams.erase(stream);
        return 0;
    }

    static ssize_t onRead(nghttp2_session *, int32_t, uint8_t *buffer, size_t room, uint32_t *flags,
                          nghttp2_data_source *source, void *)
    {
        Stream &stream = *static_cast<Stream *>(source->ptr);
        const qsizetype size = std::min(static_cast<qsizetype>(room), stream.body.size() - stream.sent);
        std::memcpy(buffer, stream.body.constData() + stream.sent, static_cast<size_t>(size));
        stream.sent += size;
        if (stream.sent == stream.body.size())
            *flags |= NGHTTP2_DATA_FLAG_EOF;
        return size;
    }

    static nghttp2_session *newSession(Http2Connection *connection)
    {
        nghttp2_session_callbacks *callbacks = nullptr;
        nghttp2_session *session = nullptr;
        if (nghttp2_session_callbacks_new(&callbacks) != 0)
            return nullptr;
        nghttp2_session_callbacks_set_on_header_callback(callbacks, onHeader);
        nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, onFrame);
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, onData);
        nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, onClose);
        if (nghttp2_session_server_new(&session, callbacks, connection) != 0)
            session = nullptr;
        nghttp2_session_callbacks_del(callbacks);
        return session;
    }
};

Http2Connection::Http2Connection(SSL *ssl, Answer answer, Times times)
    : m_ssl(ssl),
      m_answer(std::move(answer)),
      m_times(std::move(times)),
      m_peer(peerOf(SSL_get_fd(ssl))),
      m_session(Callbacks::newSession(this), nghttp2_session_del)
{
}

Http2Connection::~Http2Connection() = default;

void Http2Connection::serve(const std::function<bool()> &isWanted, std::chrono::milliseconds idle)
{
    const nghttp2_settings_entry most{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, kMostStreams};
    if (!m_session || nghttp2_submit_settings(m_session.get(), NGHTTP2_FLAG_NONE, &most, 1) != 0)
        return;
    auto restsSince = m_times.now();
    bool isEnding = false;
    while (isWanted()) {
        const bool isBusy = !m_streams.empty();
        answerDue();
        giveUpLate();
        if (!flush() || (!nghttp2_session_want_read(m_session.get()) && !nghttp2_session_want_write(m_session.get())))
            return;
        if (isBusy) // an answer may have taken its time: the visitor has only had it since now
            restsSince = m_times.now();
        pollfd readable{SSL_get_fd(m_ssl), POLLIN, 0};
        const auto wait = static_cast<int>(untilNextAnswer().count());
        if (SSL_pending(m_ssl) > 0 || poll(&readable, 1, wait) > 0) {
            if (!hear())
                return;
            restsSince = m_times.now();
        } else if (m_streams.empty() && m_times.now() - restsSince > idle) {
            endGently(isEnding);
            isEnding = true;
            restsSince = m_times.now();
        }
    }
}

// RFC 9113 section 6.8: first a notice, as a request may be on its way by then, and is still answered.
void Http2Connection::endGently(bool wasNoticed)
{
    if (wasNoticed)
        nghttp2_session_terminate_session(m_session.get(), NGHTTP2_NO_ERROR);
    else
        nghttp2_submit_shutdown_notice(m_session.get());
}

std::chrono::milliseconds Http2Connection::untilNextAnswer() const
{
    if (m_due.empty())
        return kLongestBlindWait;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_due.begin()->first - m_times.now());
    return std::clamp(left, std::chrono::milliseconds(0), kLongestBlindWait);
}

void Http2Connection::answerDue()
{
    while (!m_due.empty() && m_due.begin()->first <= m_times.now()) {
        const int stream = m_due.begin()->second;
        m_due.erase(m_due.begin());
        PageRequest &request = streamOf(stream).request;
        request.peer = m_peer;
        request.parts = formParts(request.header("content-type"), request.body);
        if (!request.parts.empty())
            request.body.clear();
        submit(stream, m_answer(request));
    }
}

void Http2Connection::giveUpLate()
{
    if (m_times.patience.count() == 0)
        return;
    for (auto &[id, stream] : m_streams) {
        if (stream.isWhole || m_times.now() - stream.begun < m_times.patience)
            continue;
        stream.isWhole = true;
        submit(id, {.status = 408, .contentType = "text/plain", .body = "The request took too long\n"});
    }
}

void Http2Connection::submit(int id, const PageReply &reply)
{
    Stream &stream = streamOf(id); // a map: its address stays until the stream closes
    stream.body = reply.body;
    const auto fields = fieldsOf(reply);
    std::vector<nghttp2_nv> block;
    block.reserve(fields.size());
    for (const auto &[name, value] : fields)
        block.push_back(fieldOf(name, value));
    nghttp2_data_provider body{.source = {.ptr = &stream}, .read_callback = Callbacks::onRead};
    const bool hasBody = stream.request.method != "HEAD" && !stream.body.isEmpty();
    nghttp2_submit_response(m_session.get(), id, block.data(), block.size(), hasBody ? &body : nullptr);
}

Http2Connection::Stream &Http2Connection::streamOf(int id)
{
    const auto [at, isNew] = m_streams.try_emplace(id);
    if (isNew)
        at->second.begun = m_times.now();
    return at->second;
}

bool Http2Connection::flush()
{
    const uint8_t *data = nullptr;
    ssize_t size = 0;
    while ((size = nghttp2_session_mem_send(m_session.get(), &data)) > 0) {
        if (SSL_write(m_ssl, data, static_cast<int>(size)) <= 0)
            return false;
    }
    return size == 0;
}

bool Http2Connection::hear()
{
    std::array<uint8_t, 16384> buffer{};
    const int size = SSL_read(m_ssl, buffer.data(), static_cast<int>(buffer.size()));
    return size > 0 && nghttp2_session_mem_recv(m_session.get(), buffer.data(), static_cast<size_t>(size)) == size;
}

} // namespace cockpit
