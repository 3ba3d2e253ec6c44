package dev.telltale.collector.enrolment;

import dev.telltale.collector.commit.Committer;
import dev.telltale.collector.commit.Outbound;
import dev.telltale.collector.commit.Refused;
import dev.telltale.collector.commit.Reply;
import dev.telltale.collector.commit.Work;
import dev.telltale.collector.commit.Work.Outcome;
import dev.telltale.collector.enrolment.Session.Candidate;
import dev.telltale.collector.fleet.Device;
import dev.telltale.collector.fleet.Fleet;
import dev.telltale.collector.intake.Intake;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.MessageSigner;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Activate;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.message.Invite;
import dev.telltale.protocol.message.Join;
import dev.telltale.protocol.message.Refusal;
import dev.telltale.protocol.message.Result;
import dev.telltale.protocol.tpm.TpmtPublic;
import dev.telltale.verifier.AppraisalPolicy;
import dev.telltale.verifier.Contradiction;
import dev.telltale.verifier.QuoteAppraisal;
import dev.telltale.verifier.enrolment.Credential;
import dev.telltale.verifier.enrolment.CredentialMaker;
import dev.telltale.verifier.enrolment.EkChain;
import dev.telltale.verifier.enrolment.ProofVerifier;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Serves machines that enrol, each message on a virtual thread, a bounded number at a time. */
public final class EnrolmentDesk implements Intake.JoinDesk {
  private static final int AT_ONCE = 64;
  private static final Duration SESSION = Duration.ofMinutes(10);
  private static final Duration COMMIT = Duration.ofSeconds(30);
  private static final int RANDOM = 32;

  /** What the desk works with. */
  public record Tools(
      Fleet fleet,
      Committer committer,
      Outbound outbound,
      CertificateAuthority authority,
      MessageSigner messages,
      Providers providers,
      EkChain chain,
      SecureRandom random,
      InstantSource clock) {}

  private final Tools tools;
  private final Greeter greeter;
  private final CredentialMaker credentials;
  private final Sessions sessions = new Sessions();
  private final Semaphore places = new Semaphore(AT_ONCE);

  public EnrolmentDesk(Tools tools) {
    this.tools = tools;
    this.greeter = new Greeter(tools.fleet, tools.providers, tools.chain);
    this.credentials = new CredentialMaker(tools.providers, tools.random);
  }

  @Override
  public void accept(Reply reply) {
    if (!places.tryAcquire()) {
      reply.done().run();
      return;
    }
    Thread.ofVirtual()
        .name("enrolment")
        .start(() -> {
          try {
            serve(reply);
          } finally {
            places.release();
          }
        });
  }

  private void serve(Reply reply) {
    try {
      Bytes answer =
          switch (Join.decode(reply.received())) {
            case Join.Opening(Hello hello, CoseSign1 signed) ->
                hello(reply.device(), hello, signed);
            case Join.Proving proving -> proof(reply.device(), proving);
          };
      tools.outbound.send(reply.device(), answer, reply.done());
    } catch (MalformedException e) {
      refuse(reply, Contradiction.of(e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      reply.done().run();
    } catch (RuntimeException e) {
      // A defect of ours ends this message, unanswered; left unacknowledged it would come again.
      System.getLogger(EnrolmentDesk.class.getName())
          .log(System.Logger.Level.ERROR, "enrolment.defect ticket=" + reply.device(), e);
      reply.done().run();
    }
  }

  private void refuse(Reply reply, Contradiction why) {
    System.getLogger(EnrolmentDesk.class.getName())
        .log(
            System.Logger.Level.INFO,
            "enrolment.refused ticket={0} check={1}: {2}",
            reply.device(),
            why.check().text(),
            why.detail());
    tools.outbound.send(reply.device(), refusal(reply, why), reply.done());
  }

  private Bytes refusal(Reply reply, Contradiction why) {
    Refused refused = Refused.hold(why.check(), why.detail());
    Refusal refusal =
        new Refusal(
            1,
            reply.device(),
            0,
            Sha256.of(reply.received()),
            refused.code(),
            why.check().text(),
            refused.text(),
            refused.retryAfter(),
            Optional.empty());
    return CoseSign1.sign(tools.messages, Refusal.KIND, refusal.encode()).encoded();
  }

  private Bytes hello(DeviceId ticket, Hello hello, CoseSign1 signed) throws MalformedException {
    Invite invite = greeter.invitedBy(ticket, hello, signed, tools.clock.instant());
    Optional<Session> running = sessions.find(hello.correlation(), tools.clock.instant());
    if (running.isPresent()) {
      if (!running.get().signedHello().payload().equals(signed.payload())) {
        throw refused(Check.ENROL_BINDING, "another hello has this correlation");
      }
      return running.get().activate().encoded();
    }
    Candidate candidate = greeter.examine(hello, invite, tools.clock.instant());
    Suite suite = Suite.numbered(invite.suite(), tools.providers);
    Session session = open(invite, hello, signed, candidate, suite);
    if (!sessions.put(hello.correlation(), session)) {
      throw refused(Check.DEVICE_OVERLOAD, "too many enrolments at once");
    }
    return session.activate().encoded();
  }

  private Session open(
      Invite invite, Hello hello, CoseSign1 signed, Candidate candidate, Suite suite)
      throws MalformedException {
    AppraisalPolicy policy =
        tools.fleet.policy().orElseThrow(() -> refused(Check.REFERENCE_NONE, "no policy"));
    Credential credential =
        credentials.make(TpmtPublic.parse(hello.ek().publicArea()), candidate.ak().name());
    Digest greeting = suite.hash(signed.payload());
    Activate activate =
        new Activate(
            suite.number(),
            hello.correlation(),
            greeting,
            List.of(
                new Activate.Challenger(
                    tools.messages.publicKey().kid(),
                    credential.idObject(),
                    credential.encryptedSecret(),
                    new Digest(random()))),
            policy.selection());
    CoseSign1 sealed = CoseSign1.sign(tools.messages, Activate.KIND, activate.encode());
    return new Session(
        invite,
        hello,
        signed,
        sealed,
        new ProofVerifier.Conversation(greeting, suite.hash(sealed.payload()), activate),
        candidate,
        credential.secret(),
        tools.clock.instant().plus(SESSION),
        Optional.empty());
  }

  private Bytes proof(DeviceId ticket, Join.Proving proving)
      throws MalformedException, InterruptedException {
    Bytes correlation = proving.proof().correlation();
    Session session =
        sessions
            .find(correlation, tools.clock.instant())
            .filter(open -> open.invite().ticket().equals(ticket))
            .orElseThrow(() -> refused(Check.ENROL_SESSION, "say hello again"));
    if (session.answer().isPresent()) {
      return session.answer().get();
    }
    Suite suite = Suite.numbered(session.invite().suite(), tools.providers);
    QuoteAppraisal appraisal =
        new ProofVerifier(tools.providers, suite)
            .appraise(
                proving.proof(),
                session.conversation(),
                session.candidate().ak(),
                List.of(session.secret()));
    Bytes answer =
        switch (appraisal) {
          case QuoteAppraisal.Contraindicated(Contradiction why) ->
              throw refused(why.check(), why.detail());
          case QuoteAppraisal.Genuine _ -> place(session, suite, proving.message());
        };
    sessions.put(correlation, session.answered(answer));
    return answer;
  }

  private Bytes place(Session session, Suite suite, Bytes proof)
      throws MalformedException, InterruptedException {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Work.EnrolmentRequest request =
        new Work.EnrolmentRequest(
            session.invite().ticket(),
            session.candidate().grade(),
            session.candidate().ek(),
            session.signedHello().encoded(),
            session.activate().encoded(),
            proof,
            session.hello().checkpoint(),
            known -> result(session, suite.hash(proof), known));
    tools.committer.submit(new Work.Enrolment(request, outcome));
    try {
      return switch (outcome.get(COMMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        case Outcome.Placed placed -> placed.answer();
        case Outcome.NotPlaced(Refused why) -> throw refused(why.check(), why.detail());
      };
    } catch (ExecutionException | TimeoutException _) {
      throw refused(Check.DEVICE_OVERLOAD, "the log did not take the enrolment in time");
    }
  }

  /** On the committer's thread, where it is certain which device the machine is. */
  private CoseSign1 result(Session session, Digest proof, Optional<Device> known) {
    DeviceId id =
        known
            .map(device -> device.record().device())
            .orElseGet(() -> new DeviceId(random().slice(0, DeviceId.LENGTH)));
    Result result =
        new Result(
            session.invite().suite(),
            session.hello().correlation(),
            session.conversation().hello(),
            session.conversation().activate(),
            proof,
            id,
            tools.authority.client(id.toString(), session.candidate().tlsKey()),
            List.of(tools.authority.certificate()),
            known.map(device -> device.state().nextReading()).orElse(1L),
            known.map(EnrolmentDesk::closing),
            session.hello().name());
    return CoseSign1.sign(tools.messages, Result.KIND, result.encode());
  }

  private static Result.Closing closing(Device device) {
    return new Result.Closing(device.state().sequence(), device.state().previous());
  }

  private Bytes random() {
    byte[] drawn = new byte[RANDOM];
    tools.random.nextBytes(drawn);
    return Bytes.of(drawn);
  }

  private static MalformedException refused(Check check, String detail) {
    return new MalformedException(check, 0, detail);
  }
}
