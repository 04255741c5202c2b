"""Subjects of messages of our own writing, and what a clerk is shown."""

from dataclasses import replace

import pytest

from suggestion.confidence import confidences, sharpness_of, threshold_of
from suggestion.folds import parts
from suggestion.measures import accuracy, calibration_gap, macro_f1
from suggestion.subjects import REASONS, SubjectModel
from suggestion.tests.suggestion_examples import SHARED, THEMES, messages
from suggestion.training import Message, train
from suggestion.vectors import learn


@pytest.fixture(scope="module")
def model() -> SubjectModel:
    return train(messages(150), seed=7)


def test_messages_it_has_not_seen_get_their_subject(model: SubjectModel) -> None:
    unseen = messages(60, seed=2)
    right = [model.suggest_for(each.words).ranked[0].subject == each.subject for each in unseen]
    assert sum(right) >= 57


def test_a_text_as_received_is_cut_into_the_words_it_knows(model: SubjectModel) -> None:
    suggestion = model.suggest("尊敬的领导：河道里的污水又黑又臭，夜里工厂还在排放废气，请求处理。")
    assert suggestion.ranked[0].subject == "环境保护"
    assert {each.word for each in suggestion.reasons} >= {"河道", "污水", "排放", "废气"}


def test_a_clear_message_is_answered(model: SubjectModel) -> None:
    assert model.suggest_for(THEMES["环境保护"]).subject == "环境保护"


def test_the_reasons_are_words_of_the_text_that_belong_to_the_subject(model: SubjectModel) -> None:
    suggestion = model.suggest("领导，学校的老师在校外补课，家长反映多次，希望解决。")
    assert suggestion.reasons[0].word in THEMES["教育文体"]
    assert {each.word for each in suggestion.reasons} <= {"学校", "老师", "补课", "家长", *SHARED}
    assert len(suggestion.reasons) <= REASONS


def test_confidences_of_all_subjects_make_one_and_descend(model: SubjectModel) -> None:
    ranked = model.suggest("公交站台的司机").ranked
    assert sum(each.confidence for each in ranked) == pytest.approx(1)
    assert [each.confidence for each in ranked] == sorted((each.confidence for each in ranked), reverse=True)
    assert {each.subject for each in ranked} == set(THEMES)


@pytest.mark.parametrize("text", ["", "！？。", "zzz", "领导希望部门回复"])
def test_a_text_that_says_nothing_gets_no_subject(model: SubjectModel, text: str) -> None:
    assert model.suggest(text).subject is None


def test_a_text_without_a_known_word_gets_no_subject_even_without_a_threshold(model: SubjectModel) -> None:
    assert replace(model, threshold=0.0).suggest("zzz").subject is None


def test_a_text_between_two_subjects_gets_none_and_still_shows_both(model: SubjectModel) -> None:
    suggestion = model.suggest_for(["公交", "线路", "司机", "噪音", "污水", "粉尘"])
    assert suggestion.subject is None
    assert {each.subject for each in suggestion.ranked[:2]} == {"交通运输", "环境保护"}


def test_the_same_messages_and_seed_give_the_same_model(model: SubjectModel) -> None:
    assert train(messages(150), seed=7) == model


def test_a_word_of_one_message_alone_is_not_remembered() -> None:
    vocabulary = learn([("张某某", "公交"), ("公交", "公交")])
    assert set(vocabulary.rarity) == {"公交"}
    assert vocabulary.vector(["张某某"]) == []


def test_one_subject_alone_cannot_be_trained() -> None:
    with pytest.raises(ValueError, match="two subjects"):
        train([Message(("公交",), "交通运输"), Message(("班车",), "交通运输")], seed=1)


def test_too_few_texts_cannot_be_trained() -> None:
    with pytest.raises(ValueError, match="different texts"):
        train([Message(("公交",), "交通运输"), Message(("学校",), "教育文体")], seed=1)


def test_identical_texts_share_a_fold_and_every_text_has_one() -> None:
    texts = ["甲", "乙", "甲", "丙", "丁", "甲", "乙", "戊"]
    folds = parts(texts, 3, seed=3)
    assert sorted(position for fold in folds for position in fold) == list(range(len(texts)))
    for fold in folds:
        others = {texts[position] for other in folds if other is not fold for position in other}
        assert not {texts[position] for position in fold} & others


def test_a_sharper_softmax_is_chosen_when_the_margins_are_right() -> None:
    margins = [[1.0, -1.0], [-1.0, 1.0]] * 10
    always, never = sharpness_of(margins, [0, 1] * 10), sharpness_of(margins, [1, 0] * 10)
    assert always > 10
    assert never < 0.1
    assert confidences([1.0, -1.0], always)[0] > 0.99


def test_the_threshold_leaves_the_wanted_share_unanswered() -> None:
    best = [i / 100 for i in range(100)]
    threshold = threshold_of(best, 0.10)
    assert sum(each < threshold for each in best) == 10


def test_macro_f1_counts_a_rare_subject_like_a_common_one() -> None:
    pairs = [("a", "a")] * 8 + [("b", "a")] * 2
    assert accuracy(pairs) == 0.8
    assert macro_f1(pairs) == pytest.approx((2 * 8 / 18 + 0) / 2)


def test_the_calibration_gap_is_the_distance_of_said_and_true() -> None:
    assert calibration_gap([(0.75, True)] * 3 + [(0.75, False)]) == pytest.approx(0)
    assert calibration_gap([(0.95, False)] * 4) == pytest.approx(0.95)
