"""`Result`: shapes, counts, the summary table, ArviZ."""

import arviz
import numpy as np
import pytest

from course_lib.inference import nuts


@pytest.fixture(scope="module")
def result():
    def normal(q):
        return -0.5 * float(q @ q), -q

    return nuts(normal, np.zeros(2), 400, warmup=200, chains=3, seed=11, progress=False)


def test_shapes_and_fields(result):
    assert result.draws.shape == (400, 3, 2)
    assert result.flat.shape == (1200, 2)
    for field in ("log_prob", "acceptance", "divergent", "depth", "leapfrogs", "energy"):
        assert getattr(result, field).shape == (400, 3), field
    assert result.step_size.shape == (3,) and len(result.metric) == 3
    assert result.names == ["q[0]", "q[1]"]
    assert (result.seed, result.warmup) == (11, 200)
    assert result.acceptance.min() > 0 and result.acceptance.max() <= 1
    assert result.warmup_seconds > 0 and result.sampling_seconds > 0
    assert result.evaluations == result.leapfrogs.sum() > 1200
    assert result.warmup_evaluations > 600
    np.testing.assert_array_equal(result.draws.dtype, np.float64)


def test_energy_is_kinetic_plus_potential_at_the_start(result):
    """H − (−log_prob of the draw before) is a kinetic energy: positive, χ²_2/2 with mean d/2.

    1197 of them, sd 1: the mean is within 4.5/√1197 (7e-6 over seeds).
    """
    kinetic = result.energy[1:] + result.log_prob[:-1]
    assert kinetic.min() > 0
    # ½ pᵀSp of p ~ N(0, S⁻¹) has mean d/2 whatever the metric
    assert abs(kinetic.mean() - 1.0) < 4.5 / np.sqrt(kinetic.size)


def test_to_arviz_keeps_every_draw_in_its_place(result):
    data = result.to_arviz()
    assert dict(data.posterior.sizes) == {"chain": 3, "draw": 400}
    np.testing.assert_array_equal(data.posterior["q[1]"], result.draws[:, :, 1].T)
    np.testing.assert_array_equal(data.sample_stats["lp"], result.log_prob.T)
    np.testing.assert_array_equal(data.sample_stats["diverging"], result.divergent.T)
    np.testing.assert_array_equal(data.sample_stats["n_steps"], result.leapfrogs.T)
    np.testing.assert_array_equal(data.sample_stats["step_size"][:, 0], result.step_size)
    assert list(arviz.summary(data).index) == ["q[0]", "q[1]"]


def test_the_table_agrees_with_the_draws(result):
    summary = result.summary()
    np.testing.assert_allclose(summary.mean, result.flat.mean(axis=0), atol=1e-15)
    np.testing.assert_allclose(summary.sd, result.flat.std(axis=0, ddof=1), rtol=1e-14)
    assert np.all(summary.mcse > 0)  # its value: test_diagnostics.py
    lines = str(summary).splitlines()
    assert " ".join(lines[0].split()) == "parameter mean sd mcse bulk ESS tail ESS R-hat"
    assert [line.split()[0] for line in lines[1:3]] == ["q[0]", "q[1]"]


def test_chains_that_disagree_are_a_concern():
    """Two modes 40 sds apart: no chain crosses."""

    def two_modes(q):
        near = np.where(q > 0, q - 20.0, q + 20.0)
        return -0.5 * float(near @ near), -near

    result = nuts(
        two_modes, [[20.0], [-20.0]], 200, warmup=0, step_size=0.8, chains=2, seed=1, progress=False
    )
    summary = result.summary()
    assert summary.r_hat[0] > 1.5  # normal scores of two blocks that do not overlap give 1.8
    assert any("R-hat of q[0]" in concern for concern in summary.concerns)
    assert "! R-hat of q[0]" in str(summary)


def test_a_good_run_raises_no_concern(result):
    assert result.concerns() == [] and result.summary().concerns == []


def test_the_progress_bar_counts_every_step(capsys, result):
    nuts(lambda q: (-0.5 * float(q @ q), -q), [0.0], 30, warmup=20, seed=1, progress=True)
    assert "NUTS" in (shown := capsys.readouterr().err) and "50/50" in shown
