// SPDX-License-Identifier: GPL-3.0-or-later
// A network camera for the tests: an RTSP server on 127.0.0.1 whose pictures show, as a row of black and white squares,
// when they were taken.
// Usage: rtsp_camera PORT ENCODER [udp] [login USER PASSWORD]     (port 0: any; encoder jpeg or h264)
// Prints "ready PORT". SIGUSR1: it goes on sending, but always the same picture.
#include "tests/hardware/shown_time.h"

#include <gst/gst.h>
#include <gst/rtsp-server/rtsp-server.h>
#include <gst/video/video.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

namespace {

volatile std::sig_atomic_t hangs = 0;
std::vector<std::uint8_t> lastPicture;

/// Writes the time into a grey picture, or hangs.
GstPadProbeReturn mark(GstPad*, GstPadProbeInfo* info, gpointer) {
    GstBuffer* buffer = gst_buffer_make_writable(GST_PAD_PROBE_INFO_BUFFER(info));
    GST_PAD_PROBE_INFO_DATA(info) = buffer;
    GstMapInfo map;
    if (!gst_buffer_map(buffer, &map, GST_MAP_READWRITE))
        return GST_PAD_PROBE_OK;
    if (hangs == 0 || lastPicture.size() != map.size) {
        facelatch::testing::drawTime(map.data, facelatch::testing::shownWidth, std::chrono::steady_clock::now());
        lastPicture.assign(map.data, map.data + map.size);
    } else {
        std::memcpy(map.data, lastPicture.data(), map.size);
    }
    gst_buffer_unmap(buffer, &map);
    return GST_PAD_PROBE_OK;
}

void onConfigure(GstRTSPMediaFactory*, GstRTSPMedia* media, gpointer) {
    GstElement* element = gst_rtsp_media_get_element(media);
    GstElement* camera = gst_bin_get_by_name(GST_BIN(element), "camera");
    GstPad* pad = gst_element_get_static_pad(camera, "src");
    gst_pad_add_probe(pad, GST_PAD_PROBE_TYPE_BUFFER, mark, nullptr, nullptr);
    gst_object_unref(pad);
    gst_object_unref(camera);
    gst_object_unref(element);
}

/// Only who logs in sees anything.
void askForLogin(GstRTSPServer* server, GstRTSPMediaFactory* factory, const char* user, const char* password) {
    GstRTSPAuth* auth = gst_rtsp_auth_new();
    GstRTSPToken* token = gst_rtsp_token_new(GST_RTSP_TOKEN_MEDIA_FACTORY_ROLE, G_TYPE_STRING, "viewer", nullptr);
    gchar* basic = gst_rtsp_auth_make_basic(user, password);
    gst_rtsp_auth_add_basic(auth, basic, token);
    g_free(basic);
    gst_rtsp_token_unref(token);
    gst_rtsp_server_set_auth(server, auth);
    g_object_unref(auth);
    gst_rtsp_media_factory_add_role(factory, "viewer", GST_RTSP_PERM_MEDIA_FACTORY_ACCESS, G_TYPE_BOOLEAN, TRUE,
                                    GST_RTSP_PERM_MEDIA_FACTORY_CONSTRUCT, G_TYPE_BOOLEAN, TRUE, nullptr);
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() < 2)
        return 2;
    gst_init(nullptr, nullptr);
    std::signal(SIGUSR1, [](int) { hangs = 1; });
    GstRTSPServer* server = gst_rtsp_server_new();
    gst_rtsp_server_set_address(server, "127.0.0.1");
    gst_rtsp_server_set_service(server, arguments[0].c_str());
    GstRTSPMediaFactory* factory = gst_rtsp_media_factory_new();
    const std::string encoder = arguments[1] == "h264"
                                    ? "x264enc tune=zerolatency key-int-max=20 bitrate=1000 ! rtph264pay pt=96"
                                    : "jpegenc ! rtpjpegpay pt=26";
    const std::string chain =
        "( videotestsrc is-live=true pattern=ball ! video/x-raw,format=GRAY8,width=" +
        std::to_string(facelatch::testing::shownWidth) + ",height=" + std::to_string(facelatch::testing::shownHeight) +
        ",framerate=20/1 ! identity name=camera ! videoconvert ! video/x-raw,format=I420 ! " + encoder + " name=pay0 )";
    gst_rtsp_media_factory_set_launch(factory, chain.c_str());
    gst_rtsp_media_factory_set_shared(factory, TRUE);
    for (std::size_t i = 2; i < arguments.size(); ++i) {
        if (arguments[i] == "udp")
            gst_rtsp_media_factory_set_protocols(factory, GST_RTSP_LOWER_TRANS_UDP);
        if (arguments[i] == "login" && i + 2 < arguments.size())
            askForLogin(server, factory, arguments[i + 1].c_str(), arguments[i + 2].c_str());
    }
    g_signal_connect(factory, "media-configure", G_CALLBACK(onConfigure), nullptr);
    GstRTSPMountPoints* mounts = gst_rtsp_server_get_mount_points(server);
    gst_rtsp_mount_points_add_factory(mounts, "/live", factory);
    g_object_unref(mounts);
    if (gst_rtsp_server_attach(server, nullptr) == 0)
        return 1;
    std::printf("ready %d\n", gst_rtsp_server_get_bound_port(server));
    std::fflush(stdout);
    g_main_loop_run(g_main_loop_new(nullptr, FALSE));
    return 0;
}
