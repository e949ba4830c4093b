package dev.pgherd.operator.status;

import dev.pgherd.operator.status.DatabaseState.Configuration;
import java.util.Optional;

/** Why the spec is not fully realised; empty when it is. */
final class Causes {

    private Causes() {}

    static Optional<Cause> of(Situation situation) {
        var observed = situation.observed();
        return observed.refusal()
                .map(refusal -> Cause.stalled(refusal.reason(), refusal.message()))
                .or(() -> UpgradeReport.underway(situation))
                .or(() -> situation.hibernated() ? stopping(observed) : starting(situation))
                .or(() -> VolumeCauses.of(situation));
    }

    private static Optional<Cause> stopping(Observed observed) {
        return observed.pod().map(pod -> Cause.waiting("Updating", "the server stops"));
    }

    private static Optional<Cause> starting(Situation situation) {
        var observed = situation.observed();
        return NodeCauses.of(situation)
                .or(() -> missing(observed))
                .or(() -> outdated(observed))
                .or(() -> unreachable(observed))
                .or(() -> configuration(situation))
                .or(() -> databases(observed))
                .or(() -> UpgradeReport.due(situation));
    }

    private static Optional<Cause> missing(Observed observed) {
        if (observed.podReady()) {
            return Optional.empty();
        }
        return PodCauses.of(observed)
                .or(() -> EventCauses.of(observed))
                .or(() -> Optional.of(Cause.waiting("Provisioning", step(observed))));
    }

    private static String step(Observed observed) {
        if (observed.pod().isEmpty()) {
            return "the pod is being created";
        }
        return observed.capacity().isEmpty() ? "the volume is being provisioned" : "the pod is starting";
    }

    private static Optional<Cause> outdated(Observed observed) {
        return observed.podCurrent()
                ? Optional.empty()
                : Optional.of(Cause.waiting(
                        "Updating",
                        ImageCheck.changed(observed)
                                .map("image %s is being fetched; the running server stays"::formatted)
                                .orElse("the pod is being replaced by one of the new template")));
    }

    private static Optional<Cause> unreachable(Observed observed) {
        if (observed.database() instanceof DatabaseState.Unreachable state) {
            return Optional.of(Cause.waiting("Provisioning", "the operator cannot log in: " + state.message()));
        }
        if (observed.database() instanceof DatabaseState.Locked state) {
            return Optional.of(Cause.waiting(
                    "SecretInvalid",
                    "the server has another password than the superuser's Secret; a restart of the pod sets it: "
                            + state.message()));
        }
        return Optional.empty();
    }

    private static Optional<Cause> configuration(Situation situation) {
        if (!(situation.observed().database() instanceof DatabaseState.Reached state)) {
            return Optional.of(Cause.waiting("Provisioning", "the operator has not logged in yet"));
        }
        if (state.configuration() instanceof Configuration.Spreading) {
            return Optional.of(Cause.waiting("Updating", "the new configuration is on its way to the server"));
        }
        if (state.configuration() instanceof Configuration.RestartPending pending && !Restarts.manual(situation)) {
            return Optional.of(Cause.waiting(
                    "Updating", "the server restarts to apply " + String.join(", ", pending.parameters())));
        }
        if (state.configuration() instanceof Configuration.Invalid invalid) {
            return Optional.of(Cause.stalled(
                    "InvalidParameter",
                    "PostgreSQL refuses a parameter; correct spec.postgresql.parameters: "
                            + String.join("; ", invalid.problems())));
        }
        return Optional.empty();
    }

    private static Optional<Cause> databases(Observed observed) {
        if (observed.database() instanceof DatabaseState.Reached state
                && !state.problems().isEmpty()) {
            var stalled = state.problems().stream().anyMatch(DatabaseProblem::stalled);
            return Optional.of(new Cause("DatabaseFailed", DatabaseProblem.sentence(state.problems()), stalled));
        }
        return Optional.empty();
    }
}
