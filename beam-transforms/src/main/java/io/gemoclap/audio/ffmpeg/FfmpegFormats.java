package io.gemoclap.audio.ffmpeg;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

/**
 * What FFmpeg is allowed to open. Everything else, above all what opens other files, is refused.
 */
final class FfmpegFormats {
  static final ImmutableSet<String> CONTAINERS =
      ImmutableSet.of(
          "aac",
          "ac3",
          "aiff",
          "amr",
          "ape",
          "asf",
          "au",
          "avi",
          "caf",
          "dsf",
          "dts",
          "dtshd",
          "eac3",
          "flac",
          "flv",
          "iff",
          "matroska",
          "mov",
          "mp3",
          "mpc",
          "mpc8",
          "mpeg",
          "mpegts",
          "mxf",
          "nistsphere",
          "ogg",
          "tta",
          "voc",
          "w64",
          "wav",
          "wv");

  static final ImmutableSet<String> CODECS =
      ImmutableSet.of(
          "aac",
          "aac_latm",
          "ac3",
          "adpcm_ima_qt",
          "adpcm_ima_wav",
          "adpcm_ms",
          "adpcm_swf",
          "adpcm_yamaha",
          "alac",
          "als",
          "amrnb",
          "amrwb",
          "ape",
          "dca",
          "dsd_lsbf",
          "dsd_lsbf_planar",
          "dsd_msbf",
          "dsd_msbf_planar",
          "eac3",
          "flac",
          "g722",
          "g723_1",
          "g726",
          "g726le",
          "g729",
          "gsm",
          "gsm_ms",
          "libopus",
          "libspeex",
          "mp1",
          "mp1float",
          "mp2",
          "mp2float",
          "mp3",
          "mp3float",
          "mp3on4float",
          "mpc7",
          "mpc8",
          "nellymoser",
          "pcm_alaw",
          "pcm_bluray",
          "pcm_dvd",
          "pcm_f32be",
          "pcm_f32le",
          "pcm_f64be",
          "pcm_f64le",
          "pcm_mulaw",
          "pcm_s16be",
          "pcm_s16be_planar",
          "pcm_s16le",
          "pcm_s16le_planar",
          "pcm_s24be",
          "pcm_s24le",
          "pcm_s24le_planar",
          "pcm_s32be",
          "pcm_s32le",
          "pcm_s32le_planar",
          "pcm_s64be",
          "pcm_s64le",
          "pcm_s8",
          "pcm_s8_planar",
          "pcm_u16be",
          "pcm_u16le",
          "pcm_u24be",
          "pcm_u24le",
          "pcm_u32be",
          "pcm_u32le",
          "pcm_u8",
          "s302m",
          "truehd",
          "tta",
          "vorbis",
          "wavpack",
          "wmalossless",
          "wmapro",
          "wmav1",
          "wmav2",
          "wmavoice");

  /** Decoders to take instead of FFmpeg's own: the codecs' reference implementations. */
  static final ImmutableMap<String, String> PREFERRED =
      ImmutableMap.of("opus", "libopus", "speex", "libspeex");

  /** Codecs that store floats as they are, whose full scale may be anything. */
  static final ImmutableSet<String> FLOATS =
      ImmutableSet.of("pcm_f32be", "pcm_f32le", "pcm_f64be", "pcm_f64le", "wavpack");

  private FfmpegFormats() {}
}
