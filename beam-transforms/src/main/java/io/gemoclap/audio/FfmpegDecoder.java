package io.gemoclap.audio;

import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Decodes the first or best audio stream of a recording with FFmpeg. The only class that touches
 * it.
 *
 * <p>FFmpeg reads through two static callbacks, as JavaCPP has but a few native trampolines for
 * each callback class; a number in the place of the opaque pointer says which recording is meant.
 * Nothing thrown may leave a callback. Each native object is released once, in {@link
 * Natives#close}.
 */
final class FfmpegDecoder implements PcmSource {
  private static final int IO_BUFFER = 1 << 16;
  private static final int EAGAIN = -11;
  private static final int EIO = -5;
  private static final int FRUITLESS_PACKETS = 1_000;
  private static final long MAX_ALLOCATION = 512L << 20;

  /** The recordings being decoded, by the number that stands for their opaque pointer. */
  private static final ConcurrentMap<Long, EncodedInput> OPEN = new ConcurrentHashMap<>();

  private static final AtomicLong LAST_ID = new AtomicLong();

  private final SeekableByteChannel channel;
  private final Deadline deadline;
  private final Magic magic;
  private final String suffix;

  FfmpegDecoder(SeekableByteChannel channel, Deadline deadline, Magic magic, String suffix) {
    this.channel = channel;
    this.deadline = deadline;
    this.magic = magic;
    this.suffix = suffix;
  }

  @Override
  public Summary decode(PcmSink sink) throws DecodeException, IOException {
    load();
    try (Natives natives = new Natives(new EncodedInput(channel, deadline))) {
      open(natives);
      return new Decoding(natives, sink).run();
    }
  }

  private static void load() throws DecodeException {
    try {
      // The first call of all initialises the class, and with it the native libraries.
      if (!Library.usable()) {
        throw new DecodeException(FailureKind.INTERNAL, "FFmpeg has no callback left.");
      }
    } catch (LinkageError e) {
      throw new DecodeException(
          FailureKind.INTERNAL,
          ("FFmpeg's native libraries could not be loaded on %s %s: %s. On Flink, the jars of"
                  + " org.bytedeco belong into the lib folder of the cluster, not into the job's"
                  + " jar: docs/flink.md, section 'Native libraries'.")
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), e),
          e);
    }
  }

  private void open(Natives natives) throws DecodeException, IOException {
    // What the content leaves no doubt about is not guessed; otherwise FFmpeg looks, then the
    // suffix
    // may help, then what the magic says.
    int status = natives.open("", magic.demuxer());
    if (status < 0 && magic.demuxer() == null && !suffix.isEmpty()) {
      status = natives.open("recording." + suffix, null);
    }
    if (magic == Magic.MPEG_AUDIO && (status < 0 || !natives.isMpegAudio())) {
      status = natives.open("", "mp3");
    }
    natives.input.check();
    if (status < 0) {
      throw magic == Magic.UNKNOWN
          ? DecodeException.unknownFormat()
          : new DecodeException(
              FailureKind.CORRUPT,
              "The file begins as %s, but its header is damaged.".formatted(magic.title()));
    }
    int stream = natives.findStream();
    natives.input.check();
    if (stream < 0) {
      // The suffix alone can make FFmpeg take anything for a recording.
      throw magic == Magic.UNKNOWN
          ? DecodeException.unknownFormat()
          : new DecodeException(
              FailureKind.NO_AUDIO,
              "The file is %s, but has no audio stream.".formatted(magic.title()));
    }
    natives.openStream(stream);
  }

  private static ByteBuffer asBytes(BytePointer pointer, int length) {
    return pointer.capacity(length).asByteBuffer();
  }

  /** Loads the native libraries when the first recording needs them. */
  private static final class Library {
    static final Read_packet_Pointer_BytePointer_int READ;
    static final Seek_Pointer_long_int SEEK;

    static {
      // JavaCPP would count the whole process, PyTorch included, against a limit of its own.
      String limit = "org.bytedeco.javacpp.maxPhysicalBytes";
      if (System.getProperty(limit) == null) {
        System.setProperty(limit, "0");
      }
      avutil.av_log_set_level(avutil.AV_LOG_QUIET);
      avutil.av_max_alloc(MAX_ALLOCATION);
      READ = new ReadCallback();
      SEEK = new SeekCallback();
    }

    static boolean usable() {
      return !READ.isNull() && !SEEK.isNull();
    }
  }

  private static final class ReadCallback extends Read_packet_Pointer_BytePointer_int {
    @Override
    public int call(Pointer opaque, BytePointer buffer, int size) {
      try {
        EncodedInput input = OPEN.get(opaque.address());
        int count = input == null ? EncodedInput.FAILED : input.read(asBytes(buffer, size));
        return count >= 0 ? count : count == EncodedInput.END ? avutil.AVERROR_EOF : EIO;
      } catch (Throwable e) {
        return EIO;
      }
    }
  }

  private static final class SeekCallback extends Seek_Pointer_long_int {
    @Override
    public long call(Pointer opaque, long offset, int whence) {
      try {
        EncodedInput input = OPEN.get(opaque.address());
        boolean sizeOnly = (whence & avformat.AVSEEK_SIZE) != 0;
        long result = sizeOnly ? input.size() : input.seek(offset, whence & ~avformat.AVSEEK_FORCE);
        return result >= 0 ? result : EIO;
      } catch (Throwable e) {
        return EIO;
      }
    }
  }

  /** A number that travels through FFmpeg as a pointer and is never followed. */
  private static final class Ticket extends Pointer {
    Ticket(long id) {
      address = id;
    }
  }

  /** All native objects of one recording. */
  private static final class Natives implements AutoCloseable {
    final EncodedInput input;
    private final long id = LAST_ID.incrementAndGet();
    final AVPacket packet = avcodec.av_packet_alloc();
    final AVFrame frame = avutil.av_frame_alloc();
    AVFormatContext format;
    AVStream stream;
    AVCodecContext codec;
    String codecName = "";
    private AVIOContext io;

    Natives(EncodedInput input) {
      this.input = input;
      OPEN.put(id, input);
    }

    int open(String hint, String forced) {
      closeInput();
      input.seek(0, 0);
      BytePointer buffer = new BytePointer(avutil.av_malloc(IO_BUFFER)).capacity(IO_BUFFER);
      io =
          avformat.avio_alloc_context(
              buffer, IO_BUFFER, 0, new Ticket(id), Library.READ, null, Library.SEEK);
      AVFormatContext context = avformat.avformat_alloc_context();
      context.pb(io);
      context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_CUSTOM_IO);
      AVDictionary options = new AVDictionary(null);
      avutil.av_dict_set(
          options, "format_whitelist", String.join(",", FfmpegFormats.CONTAINERS), 0);
      avutil.av_dict_set(options, "codec_whitelist", String.join(",", FfmpegFormats.CODECS), 0);
      avutil.av_dict_set(options, "protocol_whitelist", "none", 0);
      avutil.av_dict_set(options, "probesize", "1048576", 0);
      avutil.av_dict_set(options, "analyzeduration", "5000000", 0);
      avutil.av_dict_set(options, "max_streams", "32", 0);
      int status =
          avformat.avformat_open_input(
              context,
              hint,
              forced == null ? null : avformat.av_find_input_format(forced),
              options);
      avutil.av_dict_free(options);
      // On failure FFmpeg has freed the context already.
      format = status < 0 ? null : context;
      return status;
    }

    /** Index of the audio stream to decode; negative if there is none. */
    int findStream() {
      int count = format.nb_streams();
      for (int i = 0; i < count; i++) {
        if (format.streams(i).codecpar().codec_type() != avutil.AVMEDIA_TYPE_AUDIO) {
          format.streams(i).discard(avcodec.AVDISCARD_ALL);
        }
      }
      avformat.avformat_find_stream_info(format, (AVDictionary) null);
      return avformat.av_find_best_stream(
          format, avutil.AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0);
    }

    void openStream(int index) throws DecodeException {
      for (int i = 0; i < format.nb_streams(); i++) {
        if (i != index) {
          format.streams(i).discard(avcodec.AVDISCARD_ALL);
        }
      }
      stream = format.streams(index);
      int id = stream.codecpar().codec_id();
      codecName = avcodec.avcodec_get_name(id).getString();
      String preferred = FfmpegFormats.PREFERRED.get(codecName);
      AVCodec decoder =
          preferred == null
              ? avcodec.avcodec_find_decoder(id)
              : avcodec.avcodec_find_decoder_by_name(preferred);
      if (decoder == null || !FfmpegFormats.CODECS.contains(decoder.name().getString())) {
        throw new DecodeException(
            FailureKind.UNSUPPORTED,
            "The codec of the %s file (%s) is not supported.".formatted(container(), codecName));
      }
      codec = avcodec.avcodec_alloc_context3(decoder);
      avcodec.avcodec_parameters_to_context(codec, stream.codecpar());
      // Without the time base, encoder delays are not cut off.
      codec.pkt_timebase(stream.time_base());
      codec.thread_count(1);
      if (avcodec.avcodec_open2(codec, decoder, (AVDictionary) null) < 0) {
        throw new DecodeException(
            FailureKind.CORRUPT,
            "The %s file has a damaged %s stream.".formatted(container(), codecName));
      }
    }

    /** Whether FFmpeg takes the recording for what begins with the sync word of MPEG audio. */
    boolean isMpegAudio() {
      return List.of("mp3", "aac").contains(container());
    }

    String container() {
      return format.iformat().name().getString();
    }

    /** The length in the header in seconds; NaN if there is none or FFmpeg computed it. */
    double declaredSeconds() {
      if (format.duration_estimation_method() != avformat.AVFMT_DURATION_FROM_STREAM) {
        return Double.NaN;
      }
      if (stream.duration() != avutil.AV_NOPTS_VALUE && stream.duration() > 0) {
        return (double) stream.duration() * stream.time_base().num() / stream.time_base().den();
      }
      boolean alone = format.nb_streams() == 1;
      return alone && format.duration() > 0 ? format.duration() / 1e6 : Double.NaN;
    }

    private void closeInput() {
      if (format != null) {
        avformat.avformat_close_input(format);
        format = null;
      }
      if (io != null) {
        // FFmpeg may have replaced the buffer, so it is asked which one to free.
        avutil.av_free(io.buffer());
        avformat.avio_context_free(io);
        io = null;
      }
    }

    @Override
    public void close() {
      OPEN.remove(id);
      if (codec != null) {
        avcodec.avcodec_free_context(codec);
        codec = null;
      }
      closeInput();
      avutil.av_frame_free(frame);
      avcodec.av_packet_free(packet);
    }
  }

  /** The loop from packets to frames to samples. */
  private static final class Decoding {
    private final Natives natives;
    private final PcmSink sink;
    private final FloatScale scale;
    private float[][] planes = {};
    private int rate;
    private int channels;
    private long frames;
    private long badPackets;
    private boolean lastPacketBad;

    Decoding(Natives natives, PcmSink sink) {
      this.natives = natives;
      this.scale = FfmpegFormats.FLOATS.contains(natives.codecName) ? new FloatScale(sink) : null;
      this.sink = scale == null ? sink : scale;
    }

    Summary run() throws DecodeException, IOException {
      int status = 0;
      int index = natives.stream.index();
      while (status >= 0 && (frames > 0 || badPackets < FRUITLESS_PACKETS)) {
        natives.input.check();
        status = avformat.av_read_frame(natives.format, natives.packet);
        if (status >= 0 && natives.packet.stream_index() == index) {
          boolean marked = (natives.packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0;
          lastPacketBad = !decode(natives.packet) || marked;
          badPackets += lastPacketBad ? 1 : 0;
        }
        if (status == EAGAIN) {
          status = 0;
        }
        avcodec.av_packet_unref(natives.packet);
      }
      natives.input.check();
      decode(null);
      boolean endsEarly = lastPacketBad || (status < 0 && status != avutil.AVERROR_EOF);
      Set<String> notes = scale == null ? Set.of() : scale.finish();
      return new Summary(
          natives.container(),
          natives.codecName,
          natives.declaredSeconds(),
          badPackets,
          endsEarly,
          notes);
    }

    /** Decodes one packet, or what the decoder still holds; false if it was damaged. */
    private boolean decode(AVPacket packet) throws DecodeException {
      boolean good = avcodec.avcodec_send_packet(natives.codec, packet) >= 0;
      int status = avcodec.avcodec_receive_frame(natives.codec, natives.frame);
      while (status >= 0) {
        emit(natives.frame);
        avutil.av_frame_unref(natives.frame);
        status = avcodec.avcodec_receive_frame(natives.codec, natives.frame);
      }
      return good && (status == EAGAIN || status == avutil.AVERROR_EOF);
    }

    private void emit(AVFrame frame) throws DecodeException {
      int length = frame.nb_samples();
      int width = frame.ch_layout().nb_channels();
      PcmFormat format = sampleFormat(frame.format());
      if (length <= 0 || width <= 0 || frame.sample_rate() <= 0 || format == null) {
        return;
      }
      frames++;
      if (frame.sample_rate() != rate || width != channels) {
        sink.format(frame.sample_rate(), width);
        rate = frame.sample_rate();
        channels = width;
      }
      if (planes.length != width || planes[0].length < length) {
        planes = new float[width][length];
      }
      boolean planar = avutil.av_sample_fmt_is_planar(frame.format()) != 0;
      int stride = planar ? format.bytes() : format.bytes() * width;
      for (int channel = 0; channel < width; channel++) {
        BytePointer data = frame.extended_data(planar ? channel : 0);
        ByteBuffer bytes = asBytes(data, stride * length).order(ByteOrder.nativeOrder());
        int first = planar ? 0 : channel * format.bytes();
        format.read(bytes, first, stride, planes[channel], length);
      }
      sink.block(planes, length);
    }

    private static PcmFormat sampleFormat(int format) {
      return switch (avutil.av_get_packed_sample_fmt(format)) {
        case avutil.AV_SAMPLE_FMT_U8 -> PcmFormat.U8;
        case avutil.AV_SAMPLE_FMT_S16 -> PcmFormat.S16;
        case avutil.AV_SAMPLE_FMT_S32 -> PcmFormat.S32;
        case avutil.AV_SAMPLE_FMT_S64 -> PcmFormat.S64;
        case avutil.AV_SAMPLE_FMT_FLT -> PcmFormat.F32;
        case avutil.AV_SAMPLE_FMT_DBL -> PcmFormat.F64;
        default -> null;
      };
    }
  }
}
