"""The app's own pages over fixed data, without a database: what is left when storing costs nothing."""

import streamlit as st

if __name__ == "__main__":
    from quizlib.ui.frame import main

    main()
else:
    from bench.fixed import install
    from quizlib.web import middleware

    install()
    app = st.App(__file__, middleware=middleware())
