package dev.telltale.platform.durable;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A disk in memory that keeps what is durable apart from what merely happened, and can lose the
 * difference. {@link #powerCuts} gives the disks a restarted system could find; this one goes on
 * unharmed, so one run can be cut at each of its steps.
 *
 * <p>A step is left out, counted or made to fail by its operation, or by its {@link Site}: the
 * operation and the method of production code that called it.
 */
public final class FaultyDisk implements Disk {
  /** What a disk can be asked to do; each can fail. */
  public enum Operation {
    CREATE,
    OPEN,
    LIST,
    SIZE,
    RENAME,
    DELETE,
    SYNC,
    READ,
    WRITE,
    TRUNCATE,
    FORCE
  }

  /** Where in the code a step is taken. */
  public record Site(Operation operation, String caller) implements Comparable<Site> {
    @Override
    public int compareTo(Site other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return operation + " in " + caller;
    }
  }

  private static final long ALL_SURVIVES = -1;
  private static final long MOST_CHOICES = 1L << 40;

  private final Map<String, FaultyFile> durable;
  private final Map<String, FaultyFile> visible;
  private final List<NameChange> pending = new ArrayList<>();

  /** Files that pending changes of names still refer to. */
  private final List<FaultyFile> unnamed = new ArrayList<>();

  private final Set<Site> leftOut = new TreeSet<>();
  private final Set<Site> seen = new TreeSet<>();
  private Consumer<Site> afterStep = site -> {};
  private Optional<Failure> failure = Optional.empty();

  public FaultyDisk() {
    this(new TreeMap<>());
  }

  private FaultyDisk(Map<String, FaultyFile> durable) {
    this.durable = durable;
    this.visible = new TreeMap<>(durable);
  }

  /** A change of names that may or may not survive. */
  private interface NameChange {
    void apply(Map<String, FaultyFile> names);
  }

  private static final class Failure {
    private final Operation operation;
    private final String message;
    private int countdown;

    private Failure(Operation operation, int countdown, String message) {
      this.operation = operation;
      this.countdown = countdown;
      this.message = message;
    }
  }

  /** Lets the {@code nth} operation of this kind from now (1 is the next) fail, once. */
  public void fail(Operation operation, int nth) {
    failure = Optional.of(new Failure(operation, nth, "Input/output error"));
  }

  /** Lets the {@code nth} write from now fail half done, as on a full disk. */
  public void failFull(int nth) {
    failure = Optional.of(new Failure(Operation.WRITE, nth, "No space left on device"));
  }

  /** Whether a failure that was asked for has not happened yet. */
  public boolean failurePending() {
    return failure.isPresent();
  }

  /**
   * From now on this step (force, rename, sync or write) is not done, although it reports success.
   */
  public void leaveOut(Site site) {
    leftOut.add(site);
  }

  /** Called after each step that changes something, with where it was taken. */
  public void afterEachStep(Consumer<Site> listener) {
    afterStep = listener;
  }

  /** All steps taken so far that make something durable. */
  public Set<Site> sites() {
    return Set.copyOf(seen);
  }

  /**
   * The disks a restarted system could find after a power cut now: every combination of what
   * becomes of each unsynced change if there are at most so many, else a selection of so many that
   * begins with all changes lost and none lost. The seed selects, and says how changes are torn.
   */
  public List<FaultyDisk> powerCuts(int most, long seed) {
    long choices = choices();
    Random random = new Random(seed);
    List<FaultyDisk> outcomes = new ArrayList<>();
    outcomes.add(afterPowerCut(0, random));
    outcomes.add(afterPowerCut(ALL_SURVIVES, random));
    for (long i = 1; i < Math.min(choices, most - 1L); i++) {
      long choice = choices < most ? i : random.nextLong(choices);
      outcomes.add(afterPowerCut(choice, random));
    }
    return outcomes;
  }

  private long choices() {
    long choices = 1;
    for (int i = 0; i < pending.size() && choices < MOST_CHOICES; i++) {
      choices *= 2;
    }
    for (FaultyFile file : files()) {
      for (int i = 0; i < file.pendingChanges() && choices < MOST_CHOICES; i++) {
        choices *= FaultyFile.OUTCOMES;
      }
    }
    return choices;
  }

  /** The choice has one digit for each unsynced change: what becomes of it. */
  private FaultyDisk afterPowerCut(long choice, Random random) {
    boolean all = choice == ALL_SURVIVES;
    long[] left = {choice};
    Map<FaultyFile, FaultyFile> copies = new HashMap<>();
    for (FaultyFile file : files()) {
      copies.put(file, all ? file.asVisible() : file.afterPowerCut(left, random));
    }
    Map<String, FaultyFile> names = new TreeMap<>(durable);
    for (NameChange change : pending) {
      if (all || left[0] % 2 == 1) {
        change.apply(names);
      }
      left[0] /= 2;
    }
    Map<String, FaultyFile> survivors = new TreeMap<>();
    names.forEach((name, file) -> survivors.put(name, copies.getOrDefault(file, file)));
    return new FaultyDisk(survivors);
  }

  /** The content of a file as programs see it, for tests that change it behind the log's back. */
  public byte[] content(String name) throws IOException {
    return file(name).content();
  }

  /** Sets durable and visible content of a file. */
  public void corrupt(String name, byte[] content) throws IOException {
    file(name).become(content);
  }

  private Set<FaultyFile> files() {
    Set<FaultyFile> files = new LinkedHashSet<>(durable.values());
    files.addAll(visible.values());
    files.addAll(unnamed);
    return files;
  }

  @Override
  public synchronized File create(String name) throws IOException {
    Site site = begin(Operation.CREATE);
    if (visible.containsKey(name)) {
      throw new FileAlreadyExistsException(name);
    }
    FaultyFile file = new FaultyFile();
    unnamed.add(file);
    change(names -> names.put(name, file));
    afterStep.accept(site);
    return file.handle(this);
  }

  @Override
  public synchronized File open(String name) throws IOException {
    begin(Operation.OPEN);
    return file(name).handle(this);
  }

  @Override
  public synchronized List<String> list() throws IOException {
    begin(Operation.LIST);
    return List.copyOf(visible.keySet());
  }

  @Override
  public synchronized long size(String name) throws IOException {
    begin(Operation.SIZE);
    return file(name).content().length;
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    Site site = begin(Operation.RENAME);
    FaultyFile file = file(from);
    if (!leftOut.contains(site)) {
      change(names -> {
        names.remove(from, file);
        names.put(to, file);
      });
    }
    afterStep.accept(site);
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    Site site = begin(Operation.DELETE);
    FaultyFile file = file(name);
    unnamed.add(file);
    change(names -> names.remove(name, file));
    afterStep.accept(site);
  }

  @Override
  public synchronized void sync() throws IOException {
    Site site = begin(Operation.SYNC);
    if (!leftOut.contains(site)) {
      durable.clear();
      durable.putAll(visible);
      pending.clear();
      unnamed.clear();
    }
    afterStep.accept(site);
  }

  @Override
  public void close() {}

  private void change(NameChange change) {
    change.apply(visible);
    pending.add(change);
  }

  private FaultyFile file(String name) throws IOException {
    FaultyFile file = visible.get(name);
    if (file == null) {
      throw new NoSuchFileException(name);
    }
    return file;
  }

  /** Notes the step, and fails it if its turn has come. */
  Site begin(Operation operation) throws IOException {
    Site site = site(operation);
    switch (operation) {
      case FORCE, SYNC, RENAME -> seen.add(site);
      case CREATE, OPEN, LIST, SIZE, DELETE, READ, WRITE, TRUNCATE -> {}
    }
    if (failure.isPresent() && failure.get().operation == operation) {
      failure.get().countdown--;
      if (failure.get().countdown == 0) {
        String message = failure.get().message;
        failure = Optional.empty();
        throw new IOException(message);
      }
    }
    return site;
  }

  boolean leavesOut(Site site) {
    return leftOut.contains(site);
  }

  void done(Site site) {
    afterStep.accept(site);
  }

  private static Site site(Operation operation) {
    return StackWalker.getInstance()
        .walk(frames ->
            frames
                .filter(frame -> !frame.getClassName().contains(".Faulty"))
                .findFirst()
                .map(frame -> {
                  String type = frame.getClassName();
                  return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
                })
                .map(caller -> new Site(operation, caller))
                .orElseThrow());
  }
}
