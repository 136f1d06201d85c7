package io.gemoclap.export;

import java.util.Locale;

/**
 * A datasheet of a corpus (Gebru et al., "Datasheets for datasets", Communications of the ACM 64,
 * 2021), filled in as far as this library knows the answers. The others are marked, because only
 * the people who own the recordings can give them.
 */
final class Datasheet {
  private static final String OPEN = "*To be answered by the owners of the recordings.*";

  private Datasheet() {}

  static String text(ExportSettings settings, ExportReport report) {
    DatasetFacts facts = settings.facts();
    boolean speakers = report.segmentsWithSpeaker() > 0;
    return """
        # Datasheet: %s

        The questions are those of Gebru et al., "Datasheets for datasets" (2021).

        ## Motivation

        - **For what purpose was the dataset created?** %s
        - **Who created it?** %s

        ## Composition

        - **What do the instances represent?** Segments of recordings in which a person speaks, each \
        with the emotion that it sounds like.
        - **How many instances are there?** %d segments, %.2f hours.
        - **Is it a sample?** Yes: %d of %d segments of an archive. README.md gives the number of \
        dropped segments and hours for each reason.
        - **What data does each instance consist of?** %s
        - **Is there a label?** Yes. Of %d segments, the label is a model's estimate%s. An estimate \
        describes how speech sounds to listeners, not what a person feels.
        - **Are relationships between instances explicit?** %s
        - **Are there recommended splits?** %s
        - **Are there errors or noise?** Estimated labels are wrong in some segments. `confidence` \
        is the calibrated probability that a label is right. It was calibrated on other recordings.
        - **Does it contain data that might be confidential or sensitive?** It %s \
        recordings of voices%s, and inferences about emotion. Both are personal data if a person \
        can be identified. %s

        ## Collection

        - **How was the data acquired?** %s
        - **Were the individuals notified, and did they consent?** %s

        ## Preprocessing and labeling

        - **Was any preprocessing done?** Recordings were cut into segments; %s
        - **By which software?** GEmo-CLAP for Beam, model %s, label set %s.

        ## Uses

        - **What could it be used for?** Research on how speech sounds, and training of models, \
        within the licence of the recordings.
        - **Are there uses that should be avoided?** Do not use it to judge single persons, such as \
        applicants, employees, pupils or suspects. The European Union's AI Act prohibits systems \
        that infer emotions at workplaces and in schools, with few exceptions.

        ## Distribution and maintenance

        - **Under which licence?** %s
        - **Who maintains it?** %s
        """
        .formatted(
            facts.name(),
            facts.description().isEmpty() ? OPEN : facts.description(),
            facts.creator().isEmpty() ? OPEN : facts.creator(),
            report.taken().segments(),
            report.taken().hours(),
            report.taken().segments(),
            report.given().segments(),
            settings.audio() == AudioCopies.EMBED
                ? "A clip of one channel at "
                    + report.sampleRate()
                    + " Hz, and the columns that README.md lists."
                : "Its place in a recording, and its label. The audio is not part of the dataset.",
            source(report, ExportItem.MODEL),
            source(report, ExportItem.PEOPLE) == 0
                ? ""
                : "; people gave the label of " + source(report, ExportItem.PEOPLE),
            speakers
                ? "Speakers are named in "
                    + report.segmentsWithSpeaker()
                    + " segments. Segments of one recording name it."
                : "Segments of one recording name it. Speakers are not known.",
            String.join(", ", report.splits().keySet())
                + (report.segmentsWithSpeakerOfArchive() == report.taken().segments()
                    ? ". They share no recording and no named speaker."
                    : ". They share no recording. A speaker may be in two splits, because "
                        + (report.taken().segments() - report.segmentsWithSpeakerOfArchive())
                        + " segments have no speaker with a name in all recordings."),
            settings.audio() == AudioCopies.EMBED ? "contains" : "refers to",
            speakers ? ", the names or numbers of speakers" : "",
            OPEN,
            OPEN,
            OPEN,
            settings.audio() == AudioCopies.EMBED
                ? "channels were mixed or separated, and samples converted to 16 bits at "
                    + report.sampleRate()
                    + " Hz."
                : "the recordings are unchanged.",
            String.join(", ", report.modelIds()),
            String.join(", ", report.labelSets()),
            facts.licence().isEmpty() ? OPEN : facts.licence(),
            facts.creator().isEmpty() ? OPEN : facts.creator());
  }

  private static long source(ExportReport report, String source) {
    return report
        .labelSources()
        .getOrDefault(source.toLowerCase(Locale.ROOT), Amount.NONE)
        .segments();
  }
}
