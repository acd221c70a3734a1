"""The next why-question, formed from the last answer."""


def next_question(answer: str) -> str:
    """Return the why-question that follows `answer`, in a form that is right for any sentence.

    >>> next_question("The price form is incorrect.")
    'Why: The price form is incorrect?'
    """
    return f"Why: {answer.rstrip(' .!?…;:,') or answer}?"
